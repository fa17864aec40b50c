import { useEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the focus from falling to the top of the page: when the element inside of
 * `part` that had it is removed and nothing else took it, `heir` gets it.
 */
export function useFocusKeeper(
  part: RefObject<HTMLElement>,
  heir: RefObject<HTMLElement>,
): void {
  const last = useRef<Element>();
  useEffect(() => {
    const element = part.current;
    const remember = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? target : undefined;
    };
    element?.addEventListener('focusin', remember);
    return () => element?.removeEventListener('focusin', remember);
  });
  // After each rendering, since any may take away what had the focus.
  useEffect(() => {
    if (last.current && !last.current.isConnected) {
      last.current = undefined;
      if (document.activeElement === document.body) {
        heir.current?.focus({ preventScroll: true });
      }
    }
  });
}

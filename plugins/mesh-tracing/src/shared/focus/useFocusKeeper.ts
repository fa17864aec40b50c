import { useEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the focus from falling to the top of the page: when what had it inside
 * of a part is there no more and nothing else took it, another one gets it.
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

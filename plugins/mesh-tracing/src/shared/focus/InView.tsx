import { useEffect, useRef, type ReactNode } from 'react';

/**
 * Brings its content into view and takes the focus when it appears. It takes the
 * place of a form: the field or button that had the focus is gone, and the page is
 * shorter than it was.
 */
export function InView({ children }: { children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView?.({ block: 'center' });
  }, []);
  return (
    <div ref={element} tabIndex={-1}>
      {children}
    </div>
  );
}

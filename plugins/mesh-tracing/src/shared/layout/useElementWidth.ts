import { useEffect, useState } from 'react';

/**
 * Width of an element in CSS pixels, as it changes; undefined until it is
 * measured and where nothing measures. The first item goes to its `ref`.
 */
export function useElementWidth(): [
  ref: (element: HTMLElement | null) => void,
  width: number | undefined,
] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState<number>();
  useEffect(() => {
    if (!element || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    // Hidden elements have no width that could count.
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.round(entry?.contentRect.width ?? 0) || undefined),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width];
}

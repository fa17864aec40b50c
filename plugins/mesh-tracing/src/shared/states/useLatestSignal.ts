import { useCallback, useEffect, useRef } from 'react';

/** Signals for requests of which only the newest counts. */
export interface LatestSignal {
  /** A new signal; the one before it is aborted. */
  begin: () => AbortSignal;
  /** Aborts the newest one. */
  giveUp: () => void;
}

/**
 * Aborts what is under way when something newer begins, when the key changes and
 * on unmount.
 */
export function useLatestSignal(key?: string): LatestSignal {
  const controller = useRef<AbortController>();
  const giveUp = useCallback(() => controller.current?.abort(), []);
  const begin = useCallback(() => {
    controller.current?.abort();
    controller.current = new AbortController();
    return controller.current.signal;
  }, []);
  useEffect(() => giveUp, [giveUp, key]);
  return { begin, giveUp };
}

import { useCallback, useEffect, useRef, useState } from 'react';

/** State of something loaded from the backend. */
export interface Load<T> {
  /** The newest answer; stays while a newer one is fetched for the same key. */
  value?: T;
  /** The last answer, where the newest attempt for the same key failed. */
  former?: T;
  error?: unknown;
  /** True while a request is under way. */
  loading: boolean;
  /** Epoch milliseconds of the last answer. */
  loadedAtMs?: number;
  retry: () => void;
}

interface Answer<T> {
  key: string;
  value?: T;
  former?: T;
  error?: unknown;
  loadedAtMs?: number;
}

/**
 * Loads when `key` or `revision` change. A new key forgets the former answer,
 * a new revision keeps showing it until the next one is there. Answers that
 * arrive late are dropped, requests are aborted on unmount. A load may show parts
 * of its answer before the whole is there; it counts as loading until then.
 */
export function useLoad<T>(
  key: string,
  load: (signal: AbortSignal, show: (partial: T) => void) => Promise<T>,
  revision: number = 0,
): Load<T> {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer<T>>({ key });
  const [loading, setLoading] = useState(true);
  const loadRef = useRef(load);
  loadRef.current = load;

  useEffect(() => {
    const controller = new AbortController();
    setLoading(true);
    const settle = (next: (last: Answer<T>) => Partial<Answer<T>>) => {
      if (controller.signal.aborted) {
        return;
      }
      setAnswer(last => ({ key, loadedAtMs: Date.now(), ...next(last) }));
      setLoading(false);
    };
    const show = (value: T) => {
      if (!controller.signal.aborted) {
        setAnswer({ key, value });
      }
    };
    loadRef.current(controller.signal, show).then(
      value => settle(() => ({ value })),
      error =>
        settle(last => ({
          error,
          former: last.key === key ? last.value ?? last.former : undefined,
        })),
    );
    return () => controller.abort();
  }, [key, revision, attempt]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  const current: Answer<T> = answer.key === key ? answer : { key };
  return {
    value: current.value,
    former: current.former,
    error: current.error,
    loadedAtMs: current.loadedAtMs,
    loading: loading || answer.key !== key,
    retry,
  };
}

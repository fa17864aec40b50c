import { useCallback, useEffect, useRef, useState } from 'react';
import { describeError } from '../../shared/api/describeError';

/** How long to look, and how often. */
export interface AwaitTiming {
  /** Between two attempts; the last one repeats. */
  pausesMs: readonly number[];
  limitMs: number;
  /** From the first sight to the result: more of it may be on its way. */
  settleMs: number;
}

const TIMING: AwaitTiming = {
  pausesMs: [1_000, 2_000, 3_000, 5_000, 8_000],
  limitMs: 60_000,
  settleMs: 2_000,
};

/** What became of the search so far. */
export type Awaited<T> =
  | { state: 'idle' }
  | { state: 'waiting'; elapsedMs: number }
  | { state: 'settling' }
  | { state: 'found'; value: T }
  | { state: 'not-found'; elapsedMs: number }
  | { state: 'failed'; error: unknown };

/** A search that is under way or done. */
export interface Awaiting<T> {
  awaited: Awaited<T>;
  limitMs: number;
  start: () => void;
  cancel: () => void;
}

/**
 * Looks for something that is yet to arrive, with growing pauses, until it is there,
 * the time is over, or the user had enough. That it is not there (404) and that the
 * system can't tell (5xx, no answer) are reasons to look again; a refusal is none.
 */
export function useAwaited<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  timing: AwaitTiming = TIMING,
): Awaiting<T> {
  const [awaited, setAwaited] = useState<Awaited<T>>({ state: 'idle' });
  const running = useRef<AbortController>(undefined);
  const attemptRef = useRef(attempt);
  attemptRef.current = attempt;
  const timingRef = useRef(timing);
  timingRef.current = timing;

  const cancel = useCallback(() => {
    running.current?.abort();
    setAwaited({ state: 'idle' });
  }, []);
  const start = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    void search({
      attempt: signal => attemptRef.current(signal),
      timing: timingRef.current,
      signal: controller.signal,
      tell: next => controller.signal.aborted || setAwaited(next),
    });
  }, []);
  useEffect(() => () => running.current?.abort(), []);
  return { awaited, limitMs: timing.limitMs, start, cancel };
}

async function search<T>(options: {
  attempt: (signal: AbortSignal) => Promise<T>;
  timing: AwaitTiming;
  signal: AbortSignal;
  tell: (awaited: Awaited<T>) => void;
}): Promise<void> {
  const { attempt, timing, signal, tell } = options;
  const { pausesMs, limitMs, settleMs } = timing;
  const startMs = Date.now();
  const elapsedMs = () => Date.now() - startMs;
  const ticking = setInterval(
    () => tell({ state: 'waiting', elapsedMs: elapsedMs() }),
    1_000,
  );
  tell({ state: 'waiting', elapsedMs: 0 });
  try {
    for (let tried = 0; !signal.aborted; tried += 1) {
      const outcome = await once(attempt, signal);
      if ('value' in outcome) {
        clearInterval(ticking);
        tell({ state: 'settling' });
        await pause(settleMs, signal);
        tell({ state: 'found', value: outcome.value });
        return;
      }
      const pauseMs = pausesMs[Math.min(tried, pausesMs.length - 1)] ?? 1_000;
      if (outcome.isFinal || elapsedMs() + pauseMs > limitMs) {
        tell(
          outcome.isMissing
            ? { state: 'not-found', elapsedMs: elapsedMs() }
            : { state: 'failed', error: outcome.error },
        );
        return;
      }
      await pause(pauseMs, signal);
    }
  } finally {
    clearInterval(ticking);
  }
}

type Outcome<T> =
  | { value: T }
  | { error: unknown; isMissing: boolean; isFinal: boolean };

async function once<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<Outcome<T>> {
  try {
    return { value: await attempt(signal) };
  } catch (error) {
    const { status = 500 } = describeError(error);
    return {
      error,
      isMissing: status === 404,
      isFinal: status < 500 && status !== 404 && status !== 429,
    };
  }
}

/** Ends early where nobody waits any more. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

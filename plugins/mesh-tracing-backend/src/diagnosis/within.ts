import { isError } from '@backstage/errors';

/** Each source of a ladder has so long; a rung without it is honest. */
export const SOURCE_LIMIT_MS = 5_000;

/** What a source told, or why it told nothing. */
export type Told<T> = { value: T } | { error: unknown };

/**
 * What a source tells within its time, and if it fails, why.
 *
 * @param read - gets a signal that ends with the time, or when nobody waits any more
 * @param signal - of who waits
 * @throws the reason of that signal alone
 */
export async function within<T>(
  read: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
  limitMs = SOURCE_LIMIT_MS,
): Promise<Told<T>> {
  const limit = AbortSignal.timeout(limitMs);
  const either = signal ? AbortSignal.any([limit, signal]) : limit;
  try {
    return { value: await endedBy(read(either), either) };
  } catch (error) {
    signal?.throwIfAborted();
    return { error };
  }
}

/** A source of a module may know no signals: it is left alone then. */
async function endedBy<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    if (stop) {
      signal.removeEventListener('abort', stop);
    }
    // Whoever loses the race must not end the process when it fails later.
    work.catch(() => undefined);
    ended.catch(() => undefined);
  }
}

/** The value, or undefined. */
export function valueOf<T>(told: Told<T>): T | undefined {
  return 'value' in told ? told.value : undefined;
}

/** Whether a source failed for its time alone. */
export function isTimeUp(error: unknown): boolean {
  return isError(error) && error.name === 'TimeoutError';
}

import { setImmediate } from 'node:timers/promises';

/**
 * Hands out the items of a list, and lets the rest of the process have a turn after
 * each so many, so that a long list keeps nobody waiting.
 *
 * @throws the reason of the signal once it is aborted
 */
export async function* inTurns<T>(
  items: readonly T[],
  { perTurn, signal }: { perTurn: number; signal?: AbortSignal },
): AsyncGenerator<T[]> {
  for (let from = 0; from < items.length; from += perTurn) {
    await setImmediate();
    signal?.throwIfAborted();
    yield items.slice(from, from + perTurn);
  }
}

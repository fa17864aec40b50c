import { setTimeout } from 'node:timers/promises';

/**
 * Milliseconds of rest after a step, about as long as the step itself, so that
 * half of the thread's time is left to others.
 */
const REST_MS = 1;

/**
 * Hands out the items of a list, and rests after each so many, so that a long list
 * keeps nobody waiting: what others do takes many turns of the event loop, and must
 * not wait for a step in each.
 *
 * @throws the reason of the signal once it is aborted
 */
export async function* inTurns<T>(
  items: readonly T[],
  { perTurn, signal }: { perTurn: number; signal?: AbortSignal },
): AsyncGenerator<T[]> {
  for (let from = 0; from < items.length; from += perTurn) {
    await setTimeout(REST_MS);
    signal?.throwIfAborted();
    yield items.slice(from, from + perTurn);
  }
}

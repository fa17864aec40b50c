import { setTimeout as delay } from 'node:timers/promises';

const FIRST_RETRY_DELAY_MS = 100;

/**
 * Waits longer before each attempt, and never as long as another caller.
 *
 * @returns false when the time limit of the request comes first
 */
export async function waitBeforeRetry(
  attempt: number,
  signal: AbortSignal,
): Promise<boolean> {
  const jitter = 0.5 + Math.random();
  try {
    await delay(FIRST_RETRY_DELAY_MS * 2 ** attempt * jitter, undefined, {
      signal,
    });
    return true;
  } catch {
    return false;
  }
}

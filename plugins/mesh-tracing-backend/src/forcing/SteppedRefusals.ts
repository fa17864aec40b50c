import { setTimeout as wait } from 'node:timers/promises';
import { NotFoundError } from '@backstage/errors';

/** How far apart the moments are at which a refusal may be told, milliseconds. */
const STEP_MS = 1_000;

/**
 * Tells "not found" at whole steps of time only. What was looked up on the way to it
 * takes a few milliseconds more or less, by which a caller could tell what does not
 * exist from what the caller may not see.
 */
export class SteppedRefusals {
  readonly #now: () => number;
  readonly #wait: (ms: number, signal?: AbortSignal) => Promise<unknown>;

  static create(
    options: {
      /** Milliseconds that only grow. */
      now?: () => number;
      wait?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
    } = {},
  ): SteppedRefusals {
    return new SteppedRefusals(options);
  }

  private constructor({
    now = () => performance.now(),
    wait: waitFor = (ms, signal) => wait(ms, undefined, { signal }),
  }: {
    now?: () => number;
    wait?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  }) {
    this.#now = now;
    this.#wait = waitFor;
  }

  /** @throws what the work throws; a NotFoundError at the end of a step */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const startMs = this.#now();
    try {
      return await work();
    } catch (error) {
      if (error instanceof NotFoundError) {
        const spentMs = this.#now() - startMs;
        const steps = Math.floor(spentMs / STEP_MS) + 1;
        await this.#wait(steps * STEP_MS - spentMs, signal);
      }
      throw error;
    }
  }
}

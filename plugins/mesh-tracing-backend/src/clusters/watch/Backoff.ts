/** Settings of a `Backoff`. */
export interface BackoffOptions {
  /** Full delay after the first failure, in milliseconds. */
  baseMs: number;
  /** Limit of the doubling, in milliseconds. */
  maxMs: number;
  /** Draws a number between 0 and 1; `Math.random` when absent. */
  random?: () => number;
}

/**
 * Delays that double with each failure up to a limit, each shortened by a
 * random part so that many clients do not come back at the same moment. A wait
 * can be cut short when there is reason to believe that the trouble is over.
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;
  #wake: (() => void) | undefined;

  static create(options: BackoffOptions): Backoff {
    return new Backoff(options);
  }

  private constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** To be called after a success: the next failure counts as the first again. */
  reset(): void {
    this.#failures = 0;
  }

  /**
   * Counts one more failure.
   *
   * @param atLeastMs - a delay that the server asked for, which the limit does not cut
   * @returns milliseconds until the next attempt
   */
  next(atLeastMs: number = 0): number {
    const { baseMs, maxMs, random = Math.random } = this.#options;
    const fullMs = Math.min(maxMs, baseMs * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return Math.max(atLeastMs, fullMs * (0.5 + random() / 2));
  }

  /** Waits until the time is over, `wake` is called, or the signal aborts. */
  async wait(delayMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    let end = () => {};
    await new Promise<void>(resolve => {
      end = resolve;
      timer = setTimeout(end, delayMs);
      signal.addEventListener('abort', end);
      this.#wake = end;
    });
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    this.#wake = undefined;
  }

  /** Ends the present wait, if there is one. */
  wake(): void {
    this.#wake?.();
  }
}

/**
 * Work that several callers wait for. Each may leave; when the last one leaves, the
 * work's signal is aborted. That last caller waits until the work has really ended, so
 * that limits on work under way count it until then.
 */
export class SharedWork<T> {
  readonly #stop = new AbortController();
  readonly #result: Promise<T>;
  readonly #forget: (why: 'abandoned' | 'failed') => void;
  #waiting = 0;
  #isSettled = false;

  /**
   * @param work - gets a signal that is aborted when nobody waits any more
   * @param forget - called when the work is abandoned, before anybody else can join it,
   *   and when it fails; the holder must then not offer it any more
   */
  static start<T>(
    work: (signal: AbortSignal) => Promise<T>,
    forget: (why: 'abandoned' | 'failed') => void,
  ): SharedWork<T> {
    return new SharedWork(work, forget);
  }

  private constructor(
    work: (signal: AbortSignal) => Promise<T>,
    forget: (why: 'abandoned' | 'failed') => void,
  ) {
    this.#forget = forget;
    this.#result = work(this.#stop.signal).finally(() => {
      this.#isSettled = true;
    });
    this.#result.catch(() => forget('failed'));
  }

  /**
   * Waits for the work's answer. A caller without a signal never leaves.
   *
   * @throws what the work throws; the reason of the signal when it is aborted.
   */
  async join(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    this.#waiting += 1;
    if (!signal) {
      return this.#result;
    }
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        this.#waiting -= 1;
        if (this.#waiting > 0 || this.#isSettled) {
          reject(signal.reason);
        } else {
          this.#abandon(signal.reason);
        }
      };
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([this.#result, left]);
    } finally {
      if (leave) {
        signal.removeEventListener('abort', leave);
      }
    }
  }

  #abandon(reason: unknown): void {
    this.#forget('abandoned');
    this.#stop.abort(reason);
  }
}

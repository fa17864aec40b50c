/** How much a {@link FairQueue} lets through. @public */
export interface FairQueueOptions {
  /** Pieces of work under way at once, whoever asked. */
  total: number;
  /**
   * Pieces of work under way at once for one named caller; `total` when absent.
   */
  perCaller?: number;
}

/** Who waits, and until when. @public */
export interface Turn {
  /** Whoever shares this key shares one place in the round. */
  caller?: string;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal;
}

interface Waiting {
  start(): void;
  leave(): void;
}

/**
 * Bounds work on something scarce, and lets callers take turns: whoever asks for
 * a single thing waits for at most one of each other caller, however many those
 * have in line. Work that is under way keeps its place until it has ended, also
 * when its caller is gone.
 * @public
 */
export class FairQueue {
  readonly #total: number;
  readonly #perCaller: number;
  /** In the order of the round: who was served goes to the end. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #underWay = new Map<string, number>();
  #running = 0;

  /** An empty queue. */
  static create(options: FairQueueOptions): FairQueue {
    return new FairQueue(options);
  }

  private constructor({ total, perCaller = total }: FairQueueOptions) {
    this.#total = total;
    this.#perCaller = perCaller;
  }

  /** Work of a caller that waits for its turn. */
  waitingOf(caller = ''): number {
    return this.#waiting.get(caller)?.length ?? 0;
  }

  /** Work of a caller that has begun and not ended. */
  underWayOf(caller = ''): number {
    return this.#underWay.get(caller) ?? 0;
  }

  /**
   * Does the work when its turn comes, and answers what it answers.
   *
   * @throws the reason of the signal, when it is aborted before the turn comes
   */
  async run<T>(
    work: () => Promise<T>,
    { caller = '', signal }: Turn = {},
  ): Promise<T> {
    signal?.throwIfAborted();
    await this.#turnOf(caller, signal);
    try {
      return await work();
    } finally {
      this.#count(caller, -1);
      this.#startNext();
    }
  }

  /** Settles when the place is taken, or the caller has gone. */
  #turnOf(caller: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        leave: () => {
          this.#remove(caller, waiting);
          reject(signal?.reason);
        },
        start: () => {
          signal?.removeEventListener('abort', waiting.leave);
          this.#count(caller, 1);
          resolve();
        },
      };
      signal?.addEventListener('abort', waiting.leave, { once: true });
      const line = this.#waiting.get(caller);
      if (line) {
        line.push(waiting);
      } else {
        this.#waiting.set(caller, [waiting]);
      }
      this.#startNext();
    });
  }

  #startNext(): void {
    for (const [caller, line] of this.#waiting) {
      if (this.#running >= this.#total) {
        return;
      }
      if (this.underWayOf(caller) < (caller ? this.#perCaller : this.#total)) {
        const next = line.shift();
        this.#waiting.delete(caller);
        if (line.length > 0) {
          // A Map hands out what is set anew once more, at the end of this round.
          this.#waiting.set(caller, line);
        }
        next?.start();
      }
    }
  }

  #remove(caller: string, waiting: Waiting): void {
    const line = this.#waiting.get(caller) ?? [];
    const index = line.indexOf(waiting);
    if (index >= 0) {
      line.splice(index, 1);
    }
    if (line.length === 0) {
      this.#waiting.delete(caller);
    }
  }

  #count(caller: string, change: 1 | -1): void {
    this.#running += change;
    const count = this.underWayOf(caller) + change;
    if (count > 0) {
      this.#underWay.set(caller, count);
    } else {
      this.#underWay.delete(caller);
    }
  }
}

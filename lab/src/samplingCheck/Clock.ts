/** The real time, moved forward on demand. */
export class Clock {
  #aheadMs = 0;

  static create(): Clock {
    return new Clock();
  }

  private constructor() {}

  readonly now = (): Date => new Date(Date.now() + this.#aheadMs);

  advance(ms: number): void {
    this.#aheadMs += ms;
  }

  /** RFC 3339. */
  in(ms: number): string {
    return new Date(this.now().getTime() + ms).toISOString();
  }
}

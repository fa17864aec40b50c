/** Notes how long each step of something takes. */
export class Stopwatch {
  #lastMs = Date.now();
  readonly #laps: string[] = [];

  static start(): Stopwatch {
    return new Stopwatch();
  }

  private constructor() {}

  /** Notes the time since the step before. */
  lap(step: string): void {
    const nowMs = Date.now();
    const seconds = ((nowMs - this.#lastMs) / 1000).toFixed(1);
    this.#laps.push(`${step} ${seconds} s`);
    this.#lastMs = nowMs;
  }

  toString(): string {
    return this.#laps.join(', ');
  }
}

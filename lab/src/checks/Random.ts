/** Reproducible random choices (mulberry32). Not for secrets. */
export class Random {
  #state: number;

  /** @param parts - together they are the seed */
  static of(...parts: number[]): Random {
    let seed = 0x9e3779b9;
    for (const part of parts) {
      seed = Math.imul(seed ^ Math.trunc(part), 0x85ebca6b);
      seed ^= seed >>> 15;
    }
    return new Random(seed);
  }

  private constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws Error for an empty list */
  pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.next() * values.length)];
    if (values.length === 0) throw new Error('There is nothing to pick from.');
    return value as T;
  }

  /** `value()` with a probability, otherwise nothing. */
  maybe<T>(probability: number, value: () => T): T | undefined {
    return this.chance(probability) ? value() : undefined;
  }

  /** Each value with a probability, in the order given. */
  some<T>(values: readonly T[], probability: number): T[] {
    return values.filter(() => this.chance(probability));
  }
}

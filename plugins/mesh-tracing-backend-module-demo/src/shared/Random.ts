const { cos, exp, floor, imul, log, PI, sqrt } = Math;

/**
 * Reproducible pseudo-random numbers (mulberry32). Good enough for traffic, not for
 * secrets.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Whole number from 0 to 2^32 - 1. */
  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  fraction(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** Whole number, both ends included. */
  between(low: number, high: number): number {
    return low + floor(this.fraction() * (high - low + 1));
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) {
      throw new RangeError('There is nothing to pick from');
    }
    return item;
  }

  /** Picks in proportion to the weights. */
  weighted<T extends { weight: number }>(items: readonly T[]): T {
    let total = 0;
    for (const item of items) {
      total += item.weight;
    }
    let rest = this.fraction() * total;
    for (const item of items) {
      rest -= item.weight;
      if (rest < 0) {
        return item;
      }
    }
    return this.pick(items.slice(-1));
  }

  /** Waiting time until the next event of a Poisson process, in its own unit. */
  exponential(mean: number): number {
    return -mean * log(1 - this.fraction());
  }

  /** Log-normal: most values near the median, a long tail above. */
  logNormal(median: number, sigma: number): number {
    const radius = sqrt(-2 * log(1 - this.fraction()));
    const normal = radius * cos(2 * PI * this.fraction());
    return median * exp(sigma * normal);
  }
}

/** Random lower-case hex digits, in steps of eight. */
export function randomHex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits) {
    text += random.uint32().toString(16).padStart(8, '0');
  }
  return text;
}

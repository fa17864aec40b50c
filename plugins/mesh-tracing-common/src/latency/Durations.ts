import { latencyStatistics } from './latencyStatistics';
import type { LatencyStatistics } from './model';

/** Collects durations and failures of one kind of request; grows as needed. */
export class Durations {
  #values = new Float64Array(16);
  #count = 0;
  #errorCount = 0;

  get count(): number {
    return this.#count;
  }

  get errorCount(): number {
    return this.#errorCount;
  }

  add(durationUs: number, isError: boolean): void {
    if (this.#count === this.#values.length) {
      const grown = new Float64Array(this.#count * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#count] = durationUs;
    this.#count += 1;
    this.#errorCount += isError ? 1 : 0;
  }

  addAll(other: Durations): void {
    for (let i = 0; i < other.#count; i++) {
      this.add(other.#values[i] as number, false);
    }
    this.#errorCount += other.#errorCount;
  }

  /** Null without a value. */
  statistics(): LatencyStatistics | null {
    return latencyStatistics(
      this.#values.subarray(0, this.#count),
      this.#errorCount,
    );
  }
}

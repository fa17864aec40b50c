import { failureCounts } from './FailureCount';
import { latencyStatistics } from './latencyStatistics';
import type { LatencyStatistics } from './model';

/** Collects durations and failures of one kind of request; grows as needed. */
export class Durations {
  #values = new Float64Array(16);
  #count = 0;
  #errorCount = 0;
  readonly #failures = new Map<number, number>();

  get count(): number {
    return this.#count;
  }

  get errorCount(): number {
    return this.#errorCount;
  }

  /** @param status - of a failed request, as `SpanTable.statuses` holds it */
  add(durationUs: number, isError: boolean, status = 0): void {
    if (this.#count === this.#values.length) {
      const grown = new Float64Array(this.#count * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#count] = durationUs;
    this.#count += 1;
    if (isError) {
      this.#addFailures(status, 1);
    }
  }

  addAll(other: Durations): void {
    for (let i = 0; i < other.#count; i++) {
      this.add(other.#values[i] as number, false);
    }
    other.#failures.forEach((count, status) =>
      this.#addFailures(status, count),
    );
  }

  /** Null without a value. */
  statistics(): LatencyStatistics | null {
    return latencyStatistics(
      this.#values.subarray(0, this.#count),
      this.#errorCount,
      failureCounts(this.#failures),
    );
  }

  #addFailures(status: number, count: number): void {
    this.#errorCount += count;
    this.#failures.set(status, (this.#failures.get(status) ?? 0) + count);
  }
}

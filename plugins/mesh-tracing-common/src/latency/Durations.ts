import { failureCounts } from './FailureCount';
import { latencyStatistics } from './latencyStatistics';
import type { LatencyStatistics } from './model';
import type { SampleDesign } from './SampleDesign';
import { type SampledStatistics, sampleStatistics } from './sampleStatistics';

/**
 * Collects durations and failures of one kind of request; grows as needed. Those
 * of a sample count for all that their trace stands for, and not at all where
 * that is none.
 */
export class Durations {
  #values = new Float64Array(16);
  #count = 0;
  #errorCount = 0;
  readonly #failures = new Map<number, number>();
  readonly #design: SampleDesign | undefined;
  /** Of a sample only, as are the columns below. */
  #weight = 0;
  #traces: Int32Array;
  #errors: Uint8Array;

  constructor(design?: SampleDesign) {
    this.#design = design;
    this.#traces = new Int32Array(design ? 16 : 0);
    this.#errors = new Uint8Array(design ? 16 : 0);
  }

  /** Of all that are known, or that the read ones stand for. */
  get count(): number {
    return this.#design
      ? Math.max(Math.round(this.#weight), this.errorCount)
      : this.#count;
  }

  get errorCount(): number {
    return this.#design
      ? failureCounts(this.#failures).reduce((sum, { count }) => sum + count, 0)
      : this.#errorCount;
  }

  /**
   * @param status - of a failed request, as `SpanTable.statuses` holds it
   * @param trace - index in its table; needed of a sample
   */
  add(durationUs: number, isError: boolean, status = 0, trace = 0): void {
    const weight = this.#design ? this.#design.weightOf(trace) : 1;
    if (weight === 0) {
      return;
    }
    if (this.#count === this.#values.length) {
      this.#grow();
    }
    this.#values[this.#count] = durationUs;
    if (this.#design) {
      this.#traces[this.#count] = trace;
      this.#errors[this.#count] = isError ? 1 : 0;
      this.#weight += weight;
    }
    this.#count += 1;
    if (isError) {
      this.#addFailures(status, weight);
    }
  }

  addAll(other: Durations): void {
    for (let i = 0; i < other.#count; i++) {
      if (this.#count === this.#values.length) {
        this.#grow();
      }
      this.#values[this.#count] = other.#values[i] as number;
      if (this.#design) {
        this.#traces[this.#count] = other.#traces[i] as number;
        this.#errors[this.#count] = other.#errors[i] as number;
      }
      this.#count += 1;
    }
    this.#weight += other.#weight;
    other.#failures.forEach((count, status) =>
      this.#addFailures(status, count),
    );
  }

  /** Null without a value. */
  statistics(): LatencyStatistics | null {
    const sampled = this.sampled();
    if (sampled) {
      const { exemplars, dispersion, ...statistics } = sampled;
      return statistics;
    }
    return this.#design
      ? null
      : latencyStatistics(
          this.#values.subarray(0, this.#count),
          this.#errorCount,
          failureCounts(this.#failures),
        );
  }

  /** Of a sample the statistics with exemplars; null without a value. */
  sampled(): SampledStatistics | null {
    return this.#design
      ? sampleStatistics(
          {
            durationsUs: this.#values.subarray(0, this.#count),
            errors: this.#errors.subarray(0, this.#count),
            traces: this.#traces.subarray(0, this.#count),
            failures: failureCounts(this.#failures),
          },
          this.#design,
        )
      : null;
  }

  #grow(): void {
    this.#values = grown(this.#values, new Float64Array(this.#count * 2));
    if (this.#design) {
      this.#traces = grown(this.#traces, new Int32Array(this.#count * 2));
      this.#errors = grown(this.#errors, new Uint8Array(this.#count * 2));
    }
  }

  #addFailures(status: number, count: number): void {
    this.#errorCount += count;
    this.#failures.set(status, (this.#failures.get(status) ?? 0) + count);
  }
}

function grown<T extends Float64Array | Int32Array | Uint8Array>(
  from: T,
  to: T,
): T {
  to.set(from);
  return to;
}

import type {
  SpanRows,
  TraceHead,
  TraceInsights,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReading } from 'backstage-plugin-mesh-tracing-node';
import { deferred } from '../../shared/deferred';

/** A trace whose spans may still arrive, for any number of readers. */
export class ArrivingTrace implements TraceReading {
  readonly #rows: SpanRows[] = [];
  readonly #insights = deferred<TraceInsights>();
  #isWhole = false;
  #failure: { error: unknown } | undefined;
  #next = deferred<void>();

  static create(head: TraceHead): ArrivingTrace {
    return new ArrivingTrace(head);
  }

  private constructor(readonly head: TraceHead) {
    // Who asks for the insights gets the failure; nobody may.
    this.#insights.promise.catch(() => {});
  }

  add(rows: SpanRows): void {
    this.#rows.push(rows);
    this.#wake();
  }

  finish(insights: TraceInsights): void {
    this.#isWhole = true;
    this.#insights.resolve(insights);
    this.#wake();
  }

  /** The rest will not arrive. */
  fail(error: unknown): void {
    if (!this.#isWhole) {
      this.#failure = { error };
      this.#insights.reject(error);
      this.#wake();
    }
  }

  async *rows(): AsyncIterable<SpanRows> {
    for (let at = 0; ; at++) {
      while (at === this.#rows.length) {
        if (this.#isWhole) {
          return;
        }
        if (this.#failure) {
          throw this.#failure.error;
        }
        await this.#next.promise;
      }
      yield this.#rows[at] as SpanRows;
    }
  }

  insights(): Promise<TraceInsights> {
    return this.#insights.promise;
  }

  #wake(): void {
    this.#next.resolve();
    this.#next = deferred<void>();
  }
}

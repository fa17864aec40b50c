import type { AlertMetrics } from 'backstage-plugin-mesh-tracing-node';
import type {
  MetricMoments,
  MetricSample,
  TraceReadOptions,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import { callTraceStore } from '../tracestore';
import type { QuestionBudget } from './QuestionBudget';

/**
 * The metrics of one store, asked within a budget. Equal questions are asked once: the
 * rules of an entity need the same series.
 */
export class LiveMetrics {
  readonly metrics: AlertMetrics;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  readonly #store: TraceStore;
  readonly #budget: QuestionBudget;
  readonly #options: TraceReadOptions;
  readonly #asked = new Map<string, Promise<MetricSample[]>>();

  /** Undefined for a store without metrics. */
  static of(
    store: TraceStore,
    budget: QuestionBudget,
    options: TraceReadOptions,
  ): LiveMetrics | undefined {
    return (
      store.alertMetrics &&
      new LiveMetrics(store, store.alertMetrics, budget, options)
    );
  }

  private constructor(
    store: TraceStore,
    metrics: AlertMetrics,
    budget: QuestionBudget,
    options: TraceReadOptions,
  ) {
    this.metrics = metrics;
    this.nowMs = budget.nowMs;
    this.#store = store;
    this.#budget = budget;
    this.#options = options;
  }

  /** @throws as {@link QuestionBudget.run} and `callTraceStore` do */
  async at(expression: string): Promise<MetricSample[]> {
    const known = this.#asked.get(expression);
    const answer =
      known ??
      this.#ask(() => this.metrics.at(expression, this.nowMs, this.#options));
    this.#asked.set(expression, answer);
    return answer;
  }

  /** As {@link LiveMetrics.at}, over time. */
  async over(
    expression: string,
    moments: MetricMoments,
  ): Promise<Map<number, number>> {
    return this.#ask(() =>
      this.metrics.over(expression, moments, this.#options),
    );
  }

  /** As {@link LiveMetrics.at}, for any question that the metrics answer. */
  async ask<T>(
    question: (metrics: AlertMetrics, options: TraceReadOptions) => Promise<T>,
  ): Promise<T> {
    return this.#ask(() => question(this.metrics, this.#options));
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    return this.#budget.run(() =>
      callTraceStore(this.#store, question, this.#options.signal),
    );
  }
}

import type { MetricsNaming } from 'backstage-plugin-mesh-tracing-common';
import type {
  AlertMetrics,
  MetricMoments,
  MetricSample,
} from 'backstage-plugin-mesh-tracing-node';

/** Metrics of which a test says what is there, by pieces of expressions. */
export class FakeAlertMetrics implements AlertMetrics {
  naming: MetricsNaming = { metrics: 'istio' };
  readonly asked: string[] = [];
  /** What `count(…)` of series is asked about and finds nothing: one of these is in it. */
  absent: string[] = [];
  /** Counters of lost spans that are there. */
  lossMetrics: string[] = [];
  /** Of every value that is asked for. */
  value = 0.5;
  /** Bounds of histograms, as `le` says them. */
  bounds: string[] = ['100', '1000', '+Inf'];
  /** Minutes before now at which every condition held. */
  heldMinutesAgo: number[] = [];
  histogram: 'classic' | 'native' = 'classic';
  /** While set, every question fails with it. */
  failure: Error | undefined;

  async at(expression: string): Promise<MetricSample[]> {
    this.#ask(expression);
    if (expression.startsWith('count by (__name__)')) {
      return this.lossMetrics
        .filter(name => expression.includes(name))
        .map(name => ({ labels: { __name__: name }, value: 1 }));
    }
    if (expression.startsWith('count by (le)')) {
      return this.bounds.map(le => ({ labels: { le }, value: 1 }));
    }
    if (expression.startsWith('count(') && !/ [<>] /.test(expression)) {
      return this.absent.some(piece => expression.includes(piece))
        ? []
        : [{ labels: {}, value: 1 }];
    }
    if (expression.startsWith('count(')) {
      return this.heldMinutesAgo.includes(0) ? [{ labels: {}, value: 1 }] : [];
    }
    return [{ labels: {}, value: this.value }];
  }

  async over(
    expression: string,
    { lastMs }: MetricMoments,
  ): Promise<Map<number, number>> {
    this.#ask(expression);
    return new Map(
      this.heldMinutesAgo.map(minutes => [lastMs - minutes * 60_000, 1]),
    );
  }

  async histogramForm(): Promise<'classic' | 'native'> {
    this.#ask('which histograms');
    return this.histogram;
  }

  #ask(expression: string): void {
    this.asked.push(expression);
    if (this.failure) {
      throw this.failure;
    }
  }
}

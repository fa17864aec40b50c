import {
  metricsSchema,
  type HistogramForm,
  type MeasuredSubject,
  type MetricsNaming,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  AlertMetrics,
  MetricMoments,
  MetricSample,
  TraceReadOptions,
} from 'backstage-plugin-mesh-tracing-node';
import type { PrometheusConfig } from '../config/PrometheusConfig';
import { histogramForm } from './histogramForm';
import type { PrometheusClient } from './PrometheusClient';

/** Over which it is counted which histograms there are, seconds. */
const FORM_RANGE_SECONDS = 3_600;

/** What rules of alerts are checked with: the Prometheus of a store. */
export class PrometheusAlertMetrics implements AlertMetrics {
  readonly naming: MetricsNaming;
  readonly #client: PrometheusClient;

  static create(
    client: PrometheusClient,
    config: PrometheusConfig,
  ): PrometheusAlertMetrics {
    return new PrometheusAlertMetrics(client, config);
  }

  private constructor(client: PrometheusClient, config: PrometheusConfig) {
    const { metrics, prefix, counter, histogram } = config;
    const { labels, selector, latencyUnit } = config;
    this.#client = client;
    // Of the configuration nothing but names: it holds credentials, too.
    this.naming = {
      metrics,
      prefix,
      counter,
      histogram,
      labels,
      selector,
      latencyUnit,
    };
  }

  at(
    expression: string,
    timeMs: number,
    options?: TraceReadOptions,
  ): Promise<MetricSample[]> {
    return this.#client.at(expression, timeMs, options);
  }

  over(
    expression: string,
    moments: MetricMoments,
    options?: TraceReadOptions,
  ): Promise<Map<number, number>> {
    return this.#client.over(expression, moments, options);
  }

  async histogramForm(
    subject: MeasuredSubject,
    timeMs: number,
    options?: TraceReadOptions,
  ): Promise<HistogramForm> {
    const schema = metricsSchema(subject, this.naming);
    return schema.sets.length === 0
      ? 'classic'
      : histogramForm(this.#client, {
          schema,
          rangeSeconds: FORM_RANGE_SECONDS,
          endTimeMs: timeMs,
          options,
        });
  }
}

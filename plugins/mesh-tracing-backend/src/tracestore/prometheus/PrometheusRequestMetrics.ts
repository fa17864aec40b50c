import {
  metricsSchema,
  type HistogramForm,
  type MeasuredRequests,
  type RequestMetricsRow,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  AlertMetrics,
  RequestMetricsQuery,
  TraceReadOptions,
} from 'backstage-plugin-mesh-tracing-node';
import type { PrometheusConfig } from '../config/PrometheusConfig';
import { histogramForm } from './histogramForm';
import { measureRequests } from './measureRequests';
import { PrometheusAlertMetrics } from './PrometheusAlertMetrics';
import { PrometheusClient } from './PrometheusClient';
import { readRows } from './readRows';
import type { WindowQuestion } from './WindowQuestion';

/** Figures of all requests from a Prometheus, or from what speaks its query API. */
export class PrometheusRequestMetrics {
  /** The same Prometheus, for rules of alerts. */
  readonly alerts: AlertMetrics;
  readonly #config: PrometheusConfig;
  readonly #client: PrometheusClient;

  /** @param store - name of the trace store that the figures stand beside */
  static create(
    store: string,
    config: PrometheusConfig,
  ): PrometheusRequestMetrics {
    return new PrometheusRequestMetrics(store, config);
  }

  private constructor(store: string, config: PrometheusConfig) {
    this.#config = config;
    this.#client = PrometheusClient.create(store, config);
    this.alerts = PrometheusAlertMetrics.create(this.#client, config);
  }

  /**
   * Rates, shares of failures and quantiles over the window as a whole, busiest
   * first; by operation if asked, where the metrics tell operations apart.
   *
   * @throws a StoreError
   */
  async read(
    query: RequestMetricsQuery,
    options?: TraceReadOptions,
  ): Promise<RequestMetricsRow[]> {
    const question = this.#question(query, options);
    return question
      ? readRows(this.#client, question, query.byOperation === true)
      : [];
  }

  /**
   * The window as a whole, over time, by service and by operation.
   *
   * @throws a StoreError where not even the whole can be told
   */
  async measure(
    query: RequestMetricsQuery,
    options?: TraceReadOptions,
  ): Promise<MeasuredRequests> {
    return measureRequests(
      this.#client,
      { query, config: this.#config },
      this.#question(query, options),
    );
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #question(
    query: RequestMetricsQuery,
    options: TraceReadOptions | undefined,
  ): WindowQuestion | undefined {
    const schema = metricsSchema(query, this.#config);
    const lengthMs = query.endTimeMs - query.startTimeMs;
    if (schema.sets.length === 0) {
      return undefined;
    }
    const of = {
      schema,
      rangeSeconds: Math.max(60, Math.round(lengthMs / 1000)),
      endTimeMs: query.endTimeMs,
      options,
    };
    let form: Promise<HistogramForm> | undefined;
    return {
      ...of,
      form: () => {
        form ??= histogramForm(this.#client, of);
        return form;
      },
    };
  }
}

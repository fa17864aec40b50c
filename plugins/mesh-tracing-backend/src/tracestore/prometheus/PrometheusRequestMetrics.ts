import type { RequestMetricsRow } from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { PrometheusConfig } from '../config/PrometheusConfig';
import { looksLikeJson } from '../dialects/answerWords';
import { ResponseTooLargeError } from '../http/ResponseTooLargeError';
import type { StoreResponse } from '../http/readResponse';
import { StoreHttpClient } from '../http/StoreHttpClient';
import { joinMeasures, type MetricsValue } from '../metrics/jaegerMetrics';
import { storeError, type StoreError } from '../problems/StoreError';
import type { StoreProblem } from '../problems/StoreProblem';
import {
  metricQueries,
  type MetricQueries,
  type RequestMetricsQuery,
} from './metricQueries';

const QUANTILES = [0.5, 0.95, 0.99] as const;
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const MAX_SERIES = 1_000;

type Json = Record<string, unknown>;

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** Figures of all requests from a Prometheus, or from what speaks its query API. */
export class PrometheusRequestMetrics {
  readonly #name: string;
  readonly #config: PrometheusConfig;
  readonly #client: StoreHttpClient;

  /** @param store - name of the trace store that the figures stand beside */
  static create(
    store: string,
    config: PrometheusConfig,
  ): PrometheusRequestMetrics {
    return new PrometheusRequestMetrics(store, config);
  }

  private constructor(store: string, config: PrometheusConfig) {
    this.#name = `${store} (Prometheus)`;
    this.#config = config;
    this.#client = StoreHttpClient.create({
      name: this.#name,
      url: config.url,
      auth: config.auth,
      headers: config.headers,
      tls: config.tls,
      timeoutMs: config.timeoutMs,
      maxBodyBytes: MAX_BODY_BYTES,
    });
  }

  /**
   * Rates, shares of failures and quantiles over the window as a whole, busiest
   * first.
   *
   * @throws a StoreError
   */
  async read(
    query: RequestMetricsQuery,
    options?: TraceReadOptions,
  ): Promise<RequestMetricsRow[]> {
    const rows = await Promise.all(
      metricQueries(query, this.#config).map(queries =>
        this.#readSet(queries, query.endTimeMs, options),
      ),
    );
    return rows
      .flat()
      .sort((a, b) => (b.callsPerSecond ?? 0) - (a.callsPerSecond ?? 0));
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #readSet(
    queries: MetricQueries,
    endTimeMs: number,
    options: TraceReadOptions | undefined,
  ): Promise<RequestMetricsRow[]> {
    const ask = async (expression: string) =>
      readVector(await this.#query(expression, endTimeMs, options), queries);
    const [calls, errors, ...quantiles] = await Promise.all([
      ask(queries.calls),
      ask(queries.errors),
      ...QUANTILES.map(quantile => ask(queries.quantile(quantile))),
    ]);
    const rates = new Map(calls.map(item => [keyOf(item), item.value]));
    const failing = new Map(errors.map(item => [keyOf(item), item.value]));
    return joinMeasures({
      calls,
      // Without a failed request there is no series of failures.
      errors: calls.flatMap(item => {
        const rate = rates.get(keyOf(item)) ?? 0;
        return rate > 0
          ? [{ ...item, value: (failing.get(keyOf(item)) ?? 0) / rate }]
          : [];
      }),
      quantilesUs: QUANTILES.map((quantile, i) => ({
        quantile,
        values: (quantiles[i] ?? []).map(item => ({
          ...item,
          value: item.value * queries.unitUs,
        })),
      })),
    });
  }

  async #query(
    expression: string,
    endTimeMs: number,
    options: TraceReadOptions | undefined,
  ): Promise<unknown> {
    const parameters = new URLSearchParams({
      query: expression,
      time: (endTimeMs / 1000).toFixed(3),
    });
    let response: StoreResponse;
    try {
      response = await this.#client.get(`/api/v1/query?${parameters}`, options);
    } catch (error) {
      throw error instanceof ResponseTooLargeError
        ? this.#failure({ code: 'too-many-series' })
        : error;
    }
    return this.#judge(response);
  }

  /** Prometheus says `{status, data}` or `{status, errorType, error}`, with a 4xx or 5xx. */
  #judge({ status, body }: StoreResponse): unknown {
    if (status === 401 || status === 403 || status === 407) {
      const settings = ['prometheus.auth'];
      throw this.#failure({ code: 'credentials-refused', status, settings });
    }
    const json = looksLikeJson(body) ? parse(body) : undefined;
    if (status === 200 && record(json).status === 'success') {
      return record(json).data;
    }
    if (record(json).status === 'error' && status >= 400 && status < 500) {
      const errorType = String(record(json).errorType);
      throw this.#failure({ code: 'metrics-query-refused', errorType });
    }
    throw this.#failure({
      code: status >= 500 ? 'metrics-unavailable' : 'no-prometheus',
      status,
    });
  }

  #failure(problem: StoreProblem): StoreError {
    return storeError(this.#name, problem);
  }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

function keyOf({ service, operation }: MetricsValue): string {
  return JSON.stringify([service, operation]);
}

/** The samples of an instant vector; `NaN` and infinities are no numbers. */
function readVector(data: unknown, queries: MetricQueries): MetricsValue[] {
  const { result } = record(data);
  const samples = Array.isArray(result) ? result.slice(0, MAX_SERIES) : [];
  return samples.flatMap((item: unknown) => {
    const { metric, value } = record(item);
    const labels = record(metric);
    const parts = queries.serviceLabels.map(label => labels[label]);
    const number = Array.isArray(value) ? Number(value[1]) : NaN;
    if (!Number.isFinite(number) || parts.some(part => !part)) {
      return [];
    }
    const operation = queries.operationLabel && labels[queries.operationLabel];
    return [
      {
        service: parts.join('.'),
        ...(operation ? { operation: String(operation) } : {}),
        value: number,
      },
    ];
  });
}

import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { PrometheusConnectionConfig } from '../config/PrometheusConfig';
import { looksLikeJson } from '../dialects/answerWords';
import { ResponseTooLargeError } from '../http/ResponseTooLargeError';
import type { StoreResponse } from '../http/readResponse';
import { StoreHttpClient } from '../http/StoreHttpClient';
import { storeError, type StoreError } from '../problems/StoreError';
import type { StoreProblem } from '../problems/StoreProblem';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

type Json = Record<string, unknown>;

/** One series of an answer. */
export interface Sample {
  labels: Record<string, unknown>;
  value: number;
}

/** Values over time of the only series of an answer, by milliseconds since the epoch. */
export type TimedValues = Map<number, number>;

/** Moments of a range query, milliseconds since the epoch; both ends included. */
export interface Moments {
  firstMs: number;
  lastMs: number;
  stepMs: number;
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function seconds(timeMs: number): string {
  return (timeMs / 1000).toFixed(3);
}

/** The query API of a Prometheus, or of what speaks it. */
export class PrometheusClient {
  readonly #name: string;
  readonly #client: StoreHttpClient;

  /** @param store - name of the trace store that the figures stand beside */
  static create(
    store: string,
    config: PrometheusConnectionConfig,
  ): PrometheusClient {
    return new PrometheusClient(store, config);
  }

  private constructor(store: string, config: PrometheusConnectionConfig) {
    this.#name = `${store} (Prometheus)`;
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
   * The series of an expression at one moment. `NaN` and infinities are no
   * numbers: such series are left out.
   *
   * @throws a StoreError
   */
  async at(
    expression: string,
    timeMs: number,
    options?: TraceReadOptions,
  ): Promise<Sample[]> {
    const data = await this.#query(
      'query',
      { query: expression, time: seconds(timeMs) },
      options,
    );
    return list(data.result).flatMap((item: unknown) => {
      const { metric, value } = record(item);
      const number = Number(list(value)[1] ?? NaN);
      return Number.isFinite(number)
        ? [{ labels: record(metric), value: number }]
        : [];
    });
  }

  /**
   * Values over time of an expression that gives one series, without those that are
   * no numbers.
   *
   * @throws a StoreError
   */
  async over(
    expression: string,
    { firstMs, lastMs, stepMs }: Moments,
    options?: TraceReadOptions,
  ): Promise<TimedValues> {
    const data = await this.#query(
      'query_range',
      {
        query: expression,
        start: seconds(firstMs),
        end: seconds(lastMs),
        step: seconds(stepMs),
      },
      options,
    );
    const points = list(record(list(data.result)[0]).values);
    return new Map(
      points.flatMap((point): Array<[number, number]> => {
        const [time, value] = list(point);
        const [at, number] = [Number(time), Number(value ?? NaN)];
        return Number.isFinite(at) && Number.isFinite(number)
          ? [[Math.round(at * 1000), number]]
          : [];
      }),
    );
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #query(
    resource: 'query' | 'query_range',
    parameters: Record<string, string>,
    options: TraceReadOptions | undefined,
  ): Promise<Json> {
    const path = `/api/v1/${resource}?${new URLSearchParams(parameters)}`;
    let response: StoreResponse;
    try {
      response = await this.#client.get(path, options);
    } catch (error) {
      throw error instanceof ResponseTooLargeError
        ? this.#failure({ code: 'too-many-series' })
        : error;
    }
    return this.#judge(response);
  }

  /** Prometheus says `{status, data}` or `{status, errorType, error}`, with a 4xx or 5xx. */
  #judge({ status, body }: StoreResponse): Json {
    if (status === 401 || status === 403 || status === 407) {
      const settings = ['prometheus.auth'];
      throw this.#failure({ code: 'credentials-refused', status, settings });
    }
    const json = looksLikeJson(body) ? parse(body) : undefined;
    if (status === 200 && record(json).status === 'success') {
      return record(record(json).data);
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

import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  displayTraceId,
  type InspectionRequest,
  normalizeTraceId,
  withoutEnd,
  type MeasuredRequests,
  type RequestMetricsRow,
  type RequestSource,
  type SpanInspection,
  type TraceAnalysisRequest,
  type TraceQuery,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  AlertMetrics,
  RequestMetricsQuery,
  StoreDependency,
  StoredTrace,
  TraceAnalysisResult,
  TraceReading,
  TraceReadLimits,
  TraceReadOptions,
  TraceReadResult,
  TraceSearchResult,
  TraceStore,
  TraceStoreStatus,
} from 'backstage-plugin-mesh-tracing-node';
import {
  DEFAULT_MAX_TRACE_SPANS,
  type JaegerStoreConfig,
} from './config/JaegerStoreConfig';
import { Coalescer } from './connection/Coalescer';
import { StoreConnection } from './connection/StoreConnection';
import { fetchRequestMetrics } from './metrics/fetchRequestMetrics';
import { JAEGER_SOURCE, measureByJaeger } from './metrics/measureByJaeger';
import { PrometheusRequestMetrics } from './prometheus/PrometheusRequestMetrics';
import { sourceOf } from './prometheus/sourceOf';
import { dependenciesPath, fetchDependencies } from './reads/fetchDependencies';
import { readStatus } from './reads/readStatus';
import { StoreNames } from './reads/StoreNames';
import { TraceDetails } from './reads/TraceDetails';
import { StoreSearch } from './search/StoreSearch';
import { InlineTraceReader } from './workers/InlineTraceReader';
import type { TraceReader } from './workers/TraceJob';

/** What a store needs from outside, beside its configuration. */
export interface JaegerTraceStoreOptions {
  /** Reads on the calling thread when absent. */
  reader?: TraceReader;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Traces from a Jaeger query service, or from something that speaks its API. */
export class JaegerTraceStore implements TraceStore {
  readonly name: string;
  readonly externalUrl?: string;
  readonly requestSource: RequestSource;
  readonly #config: JaegerStoreConfig;
  readonly alertMetrics?: AlertMetrics;
  readonly #connection: StoreConnection;
  readonly #names: StoreNames;
  readonly #search: StoreSearch;
  readonly #details: TraceDetails;
  readonly #reader: TraceReader;
  readonly #latencyUnitUs: number;
  readonly #prometheus: PrometheusRequestMetrics | undefined;
  readonly #coalescer = new Coalescer();

  /** @throws InputError when the configured URL cannot be used */
  static create(
    config: JaegerStoreConfig,
    logger: LoggerService,
    options: JaegerTraceStoreOptions = {},
  ): JaegerTraceStore {
    return new JaegerTraceStore(config, logger, options);
  }

  private constructor(
    config: JaegerStoreConfig,
    logger: LoggerService,
    options: JaegerTraceStoreOptions,
  ) {
    this.#config = config;
    this.name = config.name;
    this.externalUrl =
      config.externalUrl && withoutEnd(config.externalUrl, '/');
    const now = options.now ?? Date.now;
    this.#latencyUnitUs = config.latencyUnit === 's' ? 1_000_000 : 1_000;
    this.#prometheus =
      config.prometheus &&
      PrometheusRequestMetrics.create(config.name, config.prometheus);
    this.alertMetrics = this.#prometheus?.alerts;
    this.requestSource = config.prometheus
      ? sourceOf(config.prometheus)
      : JAEGER_SOURCE;
    this.#connection = StoreConnection.create(config, logger, now);
    this.#names = StoreNames.create(this.#connection);
    this.#reader = options.reader ?? InlineTraceReader.create();
    this.#search = StoreSearch.create({
      store: config.name,
      connection: this.#connection,
      reader: this.#reader,
      logger,
      now,
    });
    this.#details = TraceDetails.create({
      store: config.name,
      connection: this.#connection,
      reader: this.#reader,
      maxSpans: config.maxTraceSpans ?? DEFAULT_MAX_TRACE_SPANS,
      now,
    });
  }

  async services(options?: TraceReadOptions): Promise<string[]> {
    return this.#names.services(options);
  }

  async operations(
    service: string,
    options?: TraceReadOptions,
  ): Promise<string[]> {
    return this.#names.operations(service, options);
  }

  async search(
    query: TraceQuery,
    options?: TraceReadOptions,
  ): Promise<TraceSearchResult> {
    return this.#shared(`search ${JSON.stringify(query)}`, options, shared =>
      this.#search.search(query, shared),
    );
  }

  async read(
    query: TraceQuery,
    { maxBytes, ...options }: TraceReadLimits = {},
  ): Promise<TraceReadResult> {
    return this.#shared(
      `read ${JSON.stringify([query, maxBytes])}`,
      options,
      shared => this.#search.read(query, { ...shared, maxBytes }),
    );
  }

  async analyze(
    query: TraceQuery,
    request: TraceAnalysisRequest,
    options?: TraceReadOptions,
  ): Promise<TraceAnalysisResult> {
    return this.#shared(
      `analyze ${JSON.stringify([query, request])}`,
      options,
      shared => this.#search.analyze(query, request, shared),
    );
  }

  async inspect(
    query: TraceQuery,
    request: InspectionRequest,
    options?: TraceReadOptions,
  ): Promise<SpanInspection> {
    return this.#shared(
      `inspect ${JSON.stringify([query, request])}`,
      options,
      shared => this.#search.inspect(query, request, shared),
    );
  }

  async trace(
    traceId: string,
    hint?: { startTimeMs: number; endTimeMs: number },
    options?: TraceReadOptions,
  ): Promise<StoredTrace | undefined> {
    return this.#details.trace(traceId, hint, options);
  }

  async readTrace(
    traceId: string,
    hint?: { startTimeMs: number; endTimeMs: number },
    options?: TraceReadOptions,
  ): Promise<TraceReading | undefined> {
    return this.#details.read(traceId, hint, options);
  }

  async dependencies(
    window: { startTimeMs: number; endTimeMs: number },
    options?: TraceReadOptions,
  ): Promise<StoreDependency[] | undefined> {
    const path = dependenciesPath(window);
    return this.#shared(path, options, shared =>
      fetchDependencies(this.#connection, path, shared),
    );
  }

  async requestMetrics(
    query: RequestMetricsQuery,
    options?: TraceReadOptions,
  ): Promise<RequestMetricsRow[] | undefined> {
    return this.#shared(
      `metrics ${JSON.stringify(query)}`,
      options,
      async shared =>
        this.#prometheus?.read(query, shared) ??
        fetchRequestMetrics(this.#connection, query, {
          ...shared,
          latencyUnitUs: this.#latencyUnitUs,
        }),
    );
  }

  async measureRequests(
    query: RequestMetricsQuery,
    options?: TraceReadOptions,
  ): Promise<MeasuredRequests | undefined> {
    return this.#shared(
      `measure ${JSON.stringify(query)}`,
      options,
      async shared =>
        this.#prometheus?.measure(query, shared) ??
        measureByJaeger(this.#connection, query, {
          ...shared,
          latencyUnitUs: this.#latencyUnitUs,
        }),
    );
  }

  async status(options?: TraceReadOptions): Promise<TraceStoreStatus> {
    return this.#shared('status', options, shared =>
      readStatus(
        {
          config: this.#config,
          connection: this.#connection,
          names: this.#names,
        },
        shared,
      ),
    );
  }

  traceUrl(traceId: string): string | undefined {
    const id = normalizeTraceId(traceId);
    return this.externalUrl && id
      ? `${this.externalUrl}/trace/${displayTraceId(id)}`
      : undefined;
  }

  async stop(): Promise<void> {
    await this.#connection.close();
    await this.#prometheus?.close();
    await this.#reader.stop();
  }

  /** Equal questions share one answer, which is on behalf of who asked first. */
  async #shared<T>(
    key: string,
    options: TraceReadOptions | undefined,
    work: (shared: TraceReadOptions) => Promise<T>,
  ): Promise<T> {
    return this.#coalescer.run(
      key,
      signal => work({ ...options, signal }),
      options?.signal,
    );
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  compareNewestFirst,
  displayTraceId,
  normalizeTraceId,
  withoutEnd,
  type RequestMetricsRow,
  type SpanTable,
  type TraceAnalysisRequest,
  type TraceQuery,
  type TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  StoreDependency,
  StoredTrace,
  TraceAnalysisResult,
  TraceCoverage,
  TraceReadOptions,
  TraceSearchResult,
  TraceStore,
  TraceStoreStatus,
} from 'backstage-plugin-mesh-tracing-node';
import { Coalescer } from './connection/Coalescer';
import { FilterTrust } from './search/FilterTrust';
import {
  DEFAULT_MAX_TRACE_SPANS,
  type JaegerStoreConfig,
} from './config/JaegerStoreConfig';
import { fetchRequestMetrics } from './metrics/fetchRequestMetrics';
import { saysThatThereIsNone } from './problems/saysThatThereIsNone';
import { statusOfFailure } from './problems/statusOfFailure';
import type { RequestMetricsQuery } from './prometheus/metricQueries';
import { PrometheusRequestMetrics } from './prometheus/PrometheusRequestMetrics';
import { readDependencies } from './dialects/readAnswers';
import { coverageOf, pageSize } from './search/searchCoverage';
import type { SearchMode } from './search/SearchMode';
import { searchServices } from './search/searchServices';
import { StoreConnection } from './connection/StoreConnection';
import { StoreNames } from './reads/StoreNames';
import { TraceDetails } from './reads/TraceDetails';
import { isOwnName, needsSpans, TraceSearch } from './search/TraceSearch';
import { InlineTraceReader } from './workers/InlineTraceReader';
import type { TablePage, TraceReader } from './workers/TraceJob';

/** Traces asked for at once where the answer holds their spans. */
const SPANS_PAGE_SIZE = 200;
const SUMMARIES_PAGE_SIZE = 501;

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
  readonly #connection: StoreConnection;
  readonly #names: StoreNames;
  readonly #search: TraceSearch;
  readonly #details: TraceDetails;
  readonly #reader: TraceReader;
  readonly #latencyUnitUs: number;
  readonly #prometheus: PrometheusRequestMetrics | undefined;
  readonly #coalescer = new Coalescer();
  readonly #trust = new FilterTrust();
  /** Traces that the store returns at once, as far as its refusals told. */
  #mostTraces = Infinity;

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
    this.name = config.name;
    this.externalUrl =
      config.externalUrl && withoutEnd(config.externalUrl, '/');
    const now = options.now ?? Date.now;
    this.#latencyUnitUs = config.latencyUnit === 's' ? 1_000_000 : 1_000;
    this.#prometheus =
      config.prometheus &&
      PrometheusRequestMetrics.create(config.name, config.prometheus);
    this.#connection = StoreConnection.create(config, logger, now);
    this.#names = StoreNames.create(this.#connection);
    this.#reader = options.reader ?? InlineTraceReader.create();
    this.#search = TraceSearch.create(this.#connection, this.#reader);
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
      this.#run(query, mode => this.#searchOnce(mode, query, shared)),
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
      shared =>
        this.#run(query, mode =>
          this.#analyzeOnce(mode, query, request, shared),
        ),
    );
  }

  async trace(
    traceId: string,
    hint?: { startTimeMs: number; endTimeMs: number },
    options?: TraceReadOptions,
  ): Promise<StoredTrace | undefined> {
    return this.#details.trace(traceId, hint, options);
  }

  async dependencies(
    window: { startTimeMs: number; endTimeMs: number },
    options?: TraceReadOptions,
  ): Promise<StoreDependency[] | undefined> {
    const endTs = Math.round(window.endTimeMs);
    const lookback = Math.max(1, Math.round(endTs - window.startTimeMs));
    const path = `/api/dependencies?endTs=${endTs}&lookback=${lookback}`;
    return this.#shared(path, options, async shared => {
      try {
        const json = await this.#connection.getJson(path, shared);
        return json === undefined ? undefined : readDependencies(json);
      } catch (error) {
        if (saysThatThereIsNone(error)) {
          return undefined;
        }
        throw error;
      }
    });
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

  async status(): Promise<TraceStoreStatus> {
    try {
      const { search } = await this.#connection.dialect.abilities();
      await this.services();
      const version = await this.#connection.version();
      return {
        reachable: true,
        dialect: search,
        ...(version ? { version } : {}),
      };
    } catch (error) {
      return statusOfFailure(error);
    }
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

  async #run<T extends { coverage: TraceCoverage }>(
    query: TraceQuery,
    work: (mode: SearchMode) => Promise<T>,
  ): Promise<T> {
    return this.#connection.run(abilities =>
      this.#trust.run(abilities, query, async mode => {
        const result = await work(mode);
        return { result, matchedCount: result.coverage.matchedCount };
      }),
    );
  }

  /** Begins with as many as the store is known to return. */
  #paging(mode: SearchMode, query: TraceQuery, most: number) {
    return {
      pageSize: pageSize(mode, query, Math.min(most, this.#mostTraces)),
      learnPageSize: (size: number) => {
        this.#mostTraces = Math.min(this.#mostTraces, size);
      },
    };
  }

  async #searchOnce(
    mode: SearchMode,
    query: TraceQuery,
    options: TraceReadOptions,
  ): Promise<TraceSearchResult> {
    const rows = new Map<string, TraceSummary>();
    const result = await searchServices({
      store: this.name,
      query,
      mode,
      ...this.#paging(
        mode,
        query,
        needsSpans(mode) ||
          !query.services.every(name => isOwnName(name, query.subject))
          ? SPANS_PAGE_SIZE
          : SUMMARIES_PAGE_SIZE,
      ),
      fetchPage: page => this.#search.summaries(mode, query, page, options),
      accept: page => {
        const before = rows.size;
        page.summaries.forEach(row => rows.set(row.traceId, row));
        return rows.size - before;
      },
    });
    const traces = [...rows.values()]
      .sort(compareNewestFirst)
      .slice(0, query.limit);
    return { traces, coverage: coverageOf(result, rows.size, traces) };
  }

  async #analyzeOnce(
    mode: SearchMode,
    query: TraceQuery,
    request: TraceAnalysisRequest,
    options: TraceReadOptions,
  ): Promise<TraceAnalysisResult> {
    const tables: SpanTable[] = [];
    const matched = new Set<string>();
    const result = await searchServices<TablePage>({
      store: this.name,
      query,
      mode,
      ...this.#paging(mode, query, SPANS_PAGE_SIZE),
      fetchPage: page => this.#search.table(mode, query, page, options),
      accept: ({ table }) => {
        const before = matched.size;
        if (table) {
          tables.push(table);
          table.traceIds.forEach(id => matched.add(id));
        }
        return matched.size - before;
      },
    });
    const { limit } = query;
    const analysis = await this.#reader.analysis(
      { tables, limit, request },
      options,
    );
    return {
      analysis,
      coverage: coverageOf(result, matched.size, analysis.summaries),
    };
  }
}

import {
  analyzeTraces,
  compareNewestFirst,
  matchesTraceQuery,
  summarizeTrace,
  type RequestMetricsRow,
  type RequestSource,
  type Trace,
  type TraceAnalysisRequest,
  type TraceQuery,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  StoreDependency,
  TraceAnalysisResult,
  TraceCoverage,
  TraceSearchResult,
  TraceStore,
  TraceStoreStatus,
} from 'backstage-plugin-mesh-tracing-node';

/** A trace store in memory, which a test can take away. */
export class FakeTraceStore implements TraceStore {
  readonly name: string;
  readonly externalUrl = 'https://traces.example.com';
  readonly queries: TraceQuery[] = [];
  traces: Trace[];
  stored: StoreDependency[] | undefined;
  /** Figures of all requests; none are configured when undefined. */
  metrics: RequestMetricsRow[] | Error | undefined;
  /** What the metrics are made of; they count every request when undefined. */
  requestSource: RequestSource | undefined;
  /** While set, every call fails with it. */
  failure: Error | undefined;
  stopped = false;

  constructor(name: string, traces: Trace[]) {
    this.name = name;
    this.traces = traces;
  }

  async services(): Promise<string[]> {
    this.#mayFail();
    return [
      ...new Set(this.traces.flatMap(t => t.spans.map(span => span.service))),
    ];
  }

  async operations(service: string): Promise<string[]> {
    this.#mayFail();
    const spans = this.traces.flatMap(trace => trace.spans);
    return spans
      .filter(span => span.service === service)
      .map(span => span.operation);
  }

  async search(query: TraceQuery): Promise<TraceSearchResult> {
    this.#mayFail();
    this.queries.push(query);
    const matching = this.#matching(query);
    return {
      traces: matching.map(summarizeTrace).sort(compareNewestFirst),
      coverage: this.#coverageOf(query, matching),
    };
  }

  async trace(traceId: string): Promise<Trace | undefined> {
    this.#mayFail();
    return this.traces.find(trace => trace.traceId === traceId);
  }

  async analyze(
    query: TraceQuery,
    request: TraceAnalysisRequest,
  ): Promise<TraceAnalysisResult> {
    this.#mayFail();
    this.queries.push(query);
    const matching = this.#matching(query);
    return {
      analysis: analyzeTraces(matching, request),
      coverage: this.#coverageOf(query, matching),
    };
  }

  async dependencies(): Promise<StoreDependency[] | undefined> {
    this.#mayFail();
    return this.stored;
  }

  async requestMetrics(): Promise<RequestMetricsRow[] | undefined> {
    if (this.metrics instanceof Error) {
      throw this.metrics;
    }
    return this.metrics;
  }

  async status(): Promise<TraceStoreStatus> {
    return { reachable: !this.failure };
  }

  traceUrl(traceId: string): string {
    return `${this.externalUrl}/trace/${traceId}`;
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }

  #matching(query: TraceQuery): Trace[] {
    return this.traces
      .filter(trace => matchesTraceQuery(trace, query))
      .slice(0, query.limit);
  }

  #coverageOf(query: TraceQuery, traces: Trace[]): TraceCoverage {
    const fetched = this.#matching({ ...query, subject: undefined });
    return {
      complete: true,
      fetchedCount: fetched.length,
      matchedCount: traces.length,
      ...(query.subject ? { belongingCount: traces.length } : {}),
      filteredHere: [],
      failures: [],
    };
  }

  #mayFail(): void {
    if (this.failure) {
      throw this.failure;
    }
  }
}

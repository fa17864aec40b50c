import type {
  RequestMetricsRow,
  Trace,
  TraceAnalysis,
  TraceAnalysisRequest,
  TraceCut,
  TraceInsights,
  TraceQuery,
  TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';

export type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';

/** How much of the window an answer holds. @public */
export interface TraceCoverage {
  /** True when the answer holds every matching trace of the window. */
  complete: boolean;
  /** Traces that the store sent. */
  fetchedCount: number;
  /** Traces left after filters that the store could not apply. */
  matchedCount: number;
  /**
   * Of the fetched traces, those with a span of the query's subject. Absent
   * without a subject, and where service names alone told.
   */
  belongingCount?: number;
  /**
   * Start of the oldest trace seen, to page from; milliseconds since the epoch.
   * Absent from an incomplete answer that lacks failed names alone.
   */
  oldestStartTimeMs?: number;
  /** Filters that were applied here and not by the store, in plain words. */
  filteredHere: string[];
  /** Trace service names that could not be searched, with the reason. */
  failures: Array<{ service: string; message: string }>;
}

/** Rows, newest first, and what they cover. @public */
export interface TraceSearchResult {
  traces: TraceSummary[];
  coverage: TraceCoverage;
}

/**
 * One trace. A store that reads traces off the main thread finds their insights
 * there too.
 * @public
 */
export type StoredTrace = Trace & {
  insights?: TraceInsights;
  /** What is there of a trace of which spans were left out; absent when it is whole. */
  cut?: TraceCut;
};

/** An analysis and what it covers. @public */
export interface TraceAnalysisResult {
  analysis: TraceAnalysis;
  coverage: TraceCoverage;
}

/** An edge of the store's own dependency index. @public */
export interface StoreDependency {
  parent: string;
  child: string;
  callCount: number;
}

/** Whether the store can be used, in plain words. @public */
export interface TraceStoreStatus {
  reachable: boolean;
  /** Such as `summaries`, `v3`, `legacy`, `simulated`. */
  dialect?: string;
  version?: string;
  /** What is wrong, and what to do; absent when reachable. */
  message?: string;
  whatToDo?: string;
}

/** Who waits for an answer, and until when. @public */
export interface TraceReadOptions {
  /**
   * Aborted when nobody waits for the answer any more: what is under way should
   * end then, down to its sockets and threads. A store that goes on is waited for
   * within the limits of who asked.
   */
  signal?: AbortSignal;
  /**
   * On whose behalf: a store that makes callers wait lets them take turns by this
   * key, as `FairQueue` does. It is not to be sent anywhere.
   */
  caller?: string;
}

/**
 * Where traces are. Methods throw `@backstage/errors`:
 * ServiceUnavailableError (away, too slow, or not a trace store at all),
 * NotAllowedError (credentials refused), InputError (the store refuses the
 * query; the message says why).
 * @public
 */
export interface TraceStore {
  readonly name: string;
  /** Base of the store's own UI, for links from the browser. */
  readonly externalUrl?: string;
  services(options?: TraceReadOptions): Promise<string[]>;
  operations(service: string, options?: TraceReadOptions): Promise<string[]>;
  /**
   * Rows of the matching traces. Who may see a trace depends on the query's
   * subject: a store must leave out traces without a span of it, unless it has
   * no spans to tell by and the service name is the subject's alone.
   */
  search(
    query: TraceQuery,
    options?: TraceReadOptions,
  ): Promise<TraceSearchResult>;
  /** Undefined when the store does not have it (not sampled, expired, not yet flushed). */
  trace(
    traceId: string,
    hint?: { startTimeMs: number; endTimeMs: number },
    options?: TraceReadOptions,
  ): Promise<StoredTrace | undefined>;
  /** Analyses the traces of a search without handing them out. */
  analyze(
    query: TraceQuery,
    request: TraceAnalysisRequest,
    options?: TraceReadOptions,
  ): Promise<TraceAnalysisResult>;
  /** The store's own dependency index; undefined if it has none. */
  dependencies(
    window: { startTimeMs: number; endTimeMs: number },
    options?: TraceReadOptions,
  ): Promise<StoreDependency[] | undefined>;
  /**
   * Figures of all requests, traced or not, from the store's metrics; undefined
   * when it has none configured. Absent for stores that cannot have any.
   */
  requestMetrics?(
    query: {
      services: string[];
      /** The same in the words of the mesh: sources that know no service names use it. */
      workloads?: Array<{ namespace: string; name: string }>;
      /** Milliseconds since the epoch. */
      startTimeMs: number;
      endTimeMs: number;
      byOperation?: boolean;
    },
    options?: TraceReadOptions,
  ): Promise<RequestMetricsRow[] | undefined>;
  status(): Promise<TraceStoreStatus>;
  /** Link to one trace in the store's UI. */
  traceUrl(traceId: string): string | undefined;
  stop?(): Promise<void>;
}

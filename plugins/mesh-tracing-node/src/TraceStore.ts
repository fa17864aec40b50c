import type {
  InspectionRequest,
  MeasuredRequests,
  RequestMetricsRow,
  RequestSource,
  SpanInspection,
  SpanRows,
  SpanTable,
  Trace,
  TraceAnalysis,
  TraceAnalysisRequest,
  TraceCut,
  TraceHead,
  TraceInsights,
  TraceQuery,
  TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type { AlertMetrics } from './AlertMetrics';
import type { TraceCoverage } from './TraceCoverage';
import type { TraceStoreStatus } from './TraceStoreStatus';

/** From one point in time to another. @public */
export interface TimeRange {
  /** Milliseconds since the epoch. */
  startTimeMs: number;
  /** Milliseconds since the epoch. */
  endTimeMs: number;
}

/** Rows, newest first, and what they cover. @public */
export interface TraceSearchResult {
  /** Newest first. */
  traces: TraceSummary[];
  /** What of the window the rows are. */
  coverage: TraceCoverage;
}

/** One trace as a store hands it out. @public */
export type StoredTrace = Trace & {
  /**
   * For a store that reads traces off the main thread, and finds their insights
   * there too. Absent: the plugin finds them.
   */
  insights?: TraceInsights;
  /**
   * What the answer holds of a trace of which spans were left out; absent when
   * it is whole.
   */
  cut?: TraceCut;
};

/**
 * One trace whose spans arrive after what is known of it as a whole, so that they
 * can be handed on while the rest is read.
 * @public
 */
export interface TraceReading {
  /** What is known at once. */
  head: TraceHead;
  /** As in {@link StoredTrace}. */
  cut?: TraceCut;
  /**
   * The spans, from the first on each time that they are asked for. Throws when
   * the rest can't be read.
   */
  rows(): AsyncIterable<SpanRows>;
  /** When all spans are there. Rejects when they can't be read. */
  insights(): Promise<TraceInsights>;
}

/** An analysis and what it covers. @public */
export interface TraceAnalysisResult {
  /** What the analysed traces tell. */
  analysis: TraceAnalysis;
  /** What of the window the analysed traces are. */
  coverage: TraceCoverage;
}

/** Who waits for traces with their spans, and how much of them is wanted. @public */
export interface TraceReadLimits extends TraceReadOptions {
  /**
   * Once so much came, what was read is the answer, however little of the window
   * that is: traces can be a thousand times as large as others.
   */
  maxBytes?: number;
}

/** How far back the traces of one service name were read. @public */
export interface TraceReadReach {
  /** Trace service name. */
  service: string;
  /**
   * Every matching trace of this name is there that has a matching span from here
   * to the end of the window; milliseconds since the epoch. The window's start where
   * it was read whole; absent where nothing is certain.
   */
  readFromMs?: number;
  /** Why nothing of this name could be read. */
  error?: Error;
}

/** Traces with their spans, and what of the window they are. @public */
export interface TraceReadResult {
  /** The matching traces in columns; one may be in several tables. */
  tables: SpanTable[];
  /** One for each service name of the query. */
  reach: TraceReadReach[];
  /** Size of what the store sent, bytes. */
  byteCount: number;
  /** Traces that the store sent. */
  fetchedCount: number;
  /** As of {@link TraceCoverage}. */
  belongingCount?: number;
}

/** An edge of the store's own dependency index. @public */
export interface StoreDependency {
  /** Trace service name of the caller. */
  parent: string;
  /** Trace service name of the called. */
  child: string;
  /** Calls in the window. */
  callCount: number;
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

/** Figures that are asked of {@link TraceStore.requestMetrics}. @public */
export interface RequestMetricsQuery {
  /** Trace service names. */
  services: string[];
  /** The same in the words of the mesh: sources that know no service names use it. */
  workloads?: Array<{ namespace: string; name: string }>;
  /** Milliseconds since the epoch. */
  startTimeMs: number;
  /** Milliseconds since the epoch. */
  endTimeMs: number;
  /** A row for each operation instead of one for each service. */
  byOperation?: boolean;
}

/**
 * Where traces are. `name`, `services`, `search` and `trace` are enough to serve
 * the Tracing tab; what else a store can do makes it faster or tells more, and
 * each such member says what is shown without it.
 *
 * Methods throw `@backstage/errors`: ServiceUnavailableError (away, too slow, or
 * not a trace store at all), NotAllowedError (credentials refused), InputError
 * (the store refuses the query; the message says why).
 * @public
 */
export interface TraceStore {
  /** Unique among the stores; what clusters and entities name it by. */
  readonly name: string;
  /** Trace service names that the store knows, in any order. */
  services(options?: TraceReadOptions): Promise<string[]>;
  /**
   * Rows of the matching traces. Who may see a trace depends on the query's
   * subject: a store must leave out traces without a span of it, unless it has
   * no spans to tell by and the service name is the subject's alone.
   */
  search(
    query: TraceQuery,
    options?: TraceReadOptions,
  ): Promise<TraceSearchResult>;
  /**
   * Undefined when the store does not have it (not sampled, expired, not yet flushed).
   *
   * @param traceId - 32 hex digits, lower case
   * @param hint - a window that the trace is in, where the caller knows one
   */
  trace(
    traceId: string,
    hint?: TimeRange,
    options?: TraceReadOptions,
  ): Promise<StoredTrace | undefined>;
  /**
   * As `trace`, but resolves when the trace is known as a whole, before its spans
   * are there. Absent: a trace is shown when all of it has been read.
   */
  readTrace?(
    traceId: string,
    hint?: TimeRange,
    options?: TraceReadOptions,
  ): Promise<TraceReading | undefined>;
  /**
   * The newest matching traces of a window with their spans. The plugin samples a
   * window with it: it asks for a few traces of each of many short parts, some parts
   * at once, and needs to know of which stretch none is missing. Absent: windows are
   * analysed by `analyze`; without that either, the plugin searches such parts and
   * reads what it finds one by one.
   */
  read?(query: TraceQuery, options?: TraceReadLimits): Promise<TraceReadResult>;
  /**
   * Analyses the newest traces of a search without handing them out. It serves
   * stores without `read`, whose statistics are then of the newest traces alone; the
   * coverage says how many.
   */
  analyze?(
    query: TraceQuery,
    request: TraceAnalysisRequest,
    options?: TraceReadOptions,
  ): Promise<TraceAnalysisResult>;
  /**
   * What the spans of the request's subject in the newest matching traces are like:
   * their tags, sizes and names, never a value of a tag. Absent: some traces are
   * searched and read one by one.
   */
  inspect?(
    query: TraceQuery,
    request: InspectionRequest,
    options?: TraceReadOptions,
  ): Promise<SpanInspection>;
  /**
   * The store's own dependency index; undefined if it has none. Absent: what the
   * traces of the window tell stands alone.
   */
  dependencies?(
    window: TimeRange,
    options?: TraceReadOptions,
  ): Promise<StoreDependency[] | undefined>;
  /**
   * Figures of all requests, traced or not, from the store's metrics; undefined
   * when it has none configured. Absent: the figures of traces stand alone, and an
   * override is estimated from them.
   */
  requestMetrics?(
    query: RequestMetricsQuery,
    options?: TraceReadOptions,
  ): Promise<RequestMetricsRow[] | undefined>;
  /**
   * What the store's metrics are made of. Absent: they count every request. Such as
   * count traced requests only are not taken for the number of requests.
   */
  readonly requestSource?: RequestSource;
  /**
   * The same figures for a view: of the window as a whole, over time, by service and
   * by operation. What fails by itself is named in `missing`. Undefined when no
   * metrics are configured. Absent: the view has `requestMetrics` only, without the
   * course over time.
   */
  measureRequests?(
    query: Omit<RequestMetricsQuery, 'byOperation'>,
    options?: TraceReadOptions,
  ): Promise<MeasuredRequests | undefined>;
  /**
   * The metrics beside this store, for rules of alerts. Absent: rules are made of the
   * usual names, and nobody checks them.
   */
  readonly alertMetrics?: AlertMetrics;
  /**
   * Link to one trace in the store's own UI; undefined if it has none. Absent: no
   * link is shown. The plugin asks once for a made-up id and puts others in its
   * place, so the id must stand in the link as it is.
   */
  traceUrl?(traceId: string): string | undefined;
  /** Operation names of one service. No view asks for them yet. */
  operations?(service: string, options?: TraceReadOptions): Promise<string[]>;
  /**
   * Whether the store can be used, asked for anew. Rejects only with the reason of
   * the signal. Absent: whether it lists its services tells.
   */
  status?(options?: TraceReadOptions): Promise<TraceStoreStatus>;
  /** Lets go of connections and threads, when the backend stops. */
  stop?(): Promise<void>;
}

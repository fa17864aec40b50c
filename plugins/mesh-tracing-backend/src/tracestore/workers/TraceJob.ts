import type { MessagePort } from 'node:worker_threads';
import type {
  InspectionRequest,
  SpanInspection,
  SpanRows,
  SpanTable,
  TraceAnalysis,
  TraceAnalysisRequest,
  TraceFilter,
  TraceFormat,
  TraceHead,
  TraceInsights,
  TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReading,
  TraceReadOptions,
} from 'backstage-plugin-mesh-tracing-node';

/** What is done with the traces of one page of a search. */
export interface PageRequest {
  body: Uint8Array<ArrayBuffer>;
  format: TraceFormat;
  /**
   * Applied here, whatever the store did, but for its attributes. Its services and
   * its window are those of the request.
   */
  filter: TraceFilter;
  /** Whether the filter's attributes must be applied here too. */
  filterAttributes: boolean;
}

/**
 * When the traces of a page were, in the order in which the store sent them. Whole
 * microseconds since the epoch, cut off; NaN where the page does not tell.
 */
export interface PageTimes {
  /** Earliest start of a span. */
  startUs: number[];
  /** Latest end of a span. */
  endUs: number[];
  /**
   * Latest start, within the window that was asked for, of a span of the searched
   * service: what the store was to search by. Absent from rows without spans.
   */
  matchUs?: number[];
  /** What else, by trace, a store may have put the page in order by. */
  otherKeysUs?: number[][];
}

/** What a page held before the filters that were applied here. */
export interface PageFacts {
  traceIds: string[];
  /** Those of `traceIds` that belong to the filter's subject; absent without one. */
  belongingIds?: string[];
  /**
   * At least as many spans as the store found in the window, as far as they are in
   * these traces; of rows, which tell no times, all spans of the service.
   */
  foundSpanCount: number;
  times: PageTimes;
}

export interface SummariesPage extends PageFacts {
  summaries: TraceSummary[];
}

export interface TablePage extends PageFacts {
  /** Undefined when the page is empty. */
  table?: SpanTable;
  /** Size of what the store sent; absent where that was not read. */
  byteCount?: number;
}

export interface InspectedPageRequest extends PageRequest {
  inspection: InspectionRequest;
}

export interface InspectedPage extends PageFacts {
  /** Those of `traceIds` that pass the filters. */
  matchedIds: string[];
  /** Of spans of the searched service; undefined when the page is empty. */
  inspection?: SpanInspection;
}

export interface AnalysisRequest {
  tables: SpanTable[];
  /** True where the caller goes on using the tables, which are copied then. */
  keepsTables?: boolean;
  /** Only these traces count; all when absent. */
  traceIds?: ReadonlySet<string>;
  /** Of these, only so many that began last; all when absent. */
  limit?: number;
  request: TraceAnalysisRequest;
}

export interface TraceRequest {
  body: Uint8Array<ArrayBuffer>;
  format: TraceFormat;
  traceId: string;
}

/**
 * Work on traces that is too heavy for the main thread. Reading a body may throw
 * the StoreStreamError that it holds. Each rejects with the reason of the signal
 * when that is aborted before the end.
 */
export interface TraceReader {
  summaries(
    page: PageRequest,
    options?: TraceReadOptions,
  ): Promise<SummariesPage>;
  table(page: PageRequest, options?: TraceReadOptions): Promise<TablePage>;
  inspection(
    page: InspectedPageRequest,
    options?: TraceReadOptions,
  ): Promise<InspectedPage>;
  analysis(
    request: AnalysisRequest,
    options?: TraceReadOptions,
  ): Promise<TraceAnalysis>;
  /**
   * Undefined when the body lacks the trace. Capped for the browser. Resolves
   * before the spans are there.
   */
  trace(
    request: TraceRequest,
    options?: TraceReadOptions,
  ): Promise<TraceReading | undefined>;
  stop(): Promise<void>;
}

/** As sent to a worker. */
export type TraceJob =
  | ({ type: 'summaries' } & PageRequest)
  | ({ type: 'table' } & PageRequest)
  | ({ type: 'inspection' } & InspectedPageRequest)
  | ({ type: 'analysis' } & AnalysisRequest)
  | ({ type: 'trace'; port: MessagePort } & TraceRequest);

/** What a worker answers when the body holds an error of the store. */
export interface FailedStream {
  streamError: { status: number; detail: string };
}

/**
 * What a worker sends of a trace, in this order: its head, its spans, the insights.
 * Nothing but `none` when the body lacks it.
 */
export type TracePart =
  | { part: 'head'; head: TraceHead }
  | { part: 'rows'; rows: SpanRows }
  | { part: 'end'; insights: TraceInsights }
  | { part: 'none' };

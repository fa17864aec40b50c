import type { TraceInsights } from '../insights/TraceInsights';
import type { MeshIdentity } from '../model/meshIdentity';

/** Who sent spans of a trace. @public */
export interface TraceSender {
  /** Trace service name. */
  service: string;
  identity?: MeshIdentity;
}

/** What is known of a trace before its spans are written. @public */
export interface TraceHead {
  /** 32 hex digits, lower case. */
  traceId: string;
  /** Earliest span start, whole microseconds since the epoch. */
  startTimeUs: number;
  /** Latest span end minus earliest start. */
  durationUs: number;
  warnings: string[];
  spanCount: number;
  /** Each sent a span at least. */
  senders: TraceSender[];
}

/**
 * Spans that follow each other in a trace, as the JSON that a browser gets: objects
 * with commas between. Each begins with what everybody may see of it, its id first,
 * so that the rest can be left out without reading it.
 * @public
 */
export interface SpanRows {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where each span begins, then one more than the length. */
  starts: Int32Array;
  /** Where the part of each span begins that not everybody may see: at its comma. */
  details: Int32Array;
  /** Index into `TraceHead.senders` of each span. */
  senderOf: Int32Array;
}

/** One trace, read span by span. @public */
export interface ReadTrace {
  head: TraceHead;
  /** In the order of `Trace.spans`. To be gone through once. */
  rows(): Iterable<SpanRows>;
  insights(): TraceInsights;
}

/** Spans of one {@link SpanRows}: their JSON is written in a few milliseconds. */
export const SPANS_PER_ROWS = 250;

import type { MeshIdentity } from '../model/meshIdentity';

/** Who sent spans: distinct combinations of service and mesh identity. @public */
export interface Sender {
  /** Index into `SpanTable.services`. */
  service: number;
  identity?: MeshIdentity;
  /** Canonical revision, else `service.version`. */
  version?: string;
}

/** What a call is made with. Indices are the values of `SpanTable.protocols`. */
export const PROTOCOLS = [
  'unknown',
  'http',
  'grpc',
  'messaging',
  'database',
] as const;

/** Values of `SpanTable.flags`, combined. */
export const SPAN_FLAGS = {
  error: 1,
  /** Names a parent that the trace lacks. */
  orphan: 2,
  /** Refers to its parent by FOLLOWS_FROM. */
  followsFrom: 4,
  /** Has links: references to other spans than its parent. */
  linked: 8,
} as const;

/**
 * Spans of many traces in columns: what the analysis needs, and no more, so that
 * it can be filled from bytes without an object for each span. Spans of one
 * trace are contiguous, in the order in which they were read.
 * @public
 */
export interface SpanTable {
  traceIds: string[];
  /** Earliest span start of each trace, whole microseconds since the epoch. */
  traceStartUs: Float64Array;
  /** Spans of trace `t`: `[traceFirst[t], traceFirst[t + 1])`. */
  traceFirst: Int32Array;
  /** Since the start of the trace, microseconds. */
  starts: Float64Array;
  ends: Float64Array;
  durations: Float64Array;
  /** Index of the parent in this table, or -1. */
  parents: Int32Array;
  /** Indices into `SPAN_KINDS`. */
  kinds: Uint8Array;
  flags: Uint8Array;
  /** Indices into `PROTOCOLS`. */
  protocols: Uint8Array;
  /** Status codes, as `statusCodeOf` reads them. */
  statuses: Uint16Array;
  /** Indices into `senders`. */
  senderOf: Int32Array;
  /** Indices into `operations`. */
  operationOf: Int32Array;
  /** Indices into `peers`; -1 without a named peer. Only of calling spans. */
  peerOf: Int32Array;
  /** `hashRequestId` of Envoy's tag; 0 without one. */
  requestIds: Float64Array;
  senders: Sender[];
  services: string[];
  operations: string[];
  peers: string[];
}

/** The columns that have one cell for each span. */
export type SpanColumns = Pick<
  SpanTable,
  | 'starts'
  | 'ends'
  | 'durations'
  | 'parents'
  | 'kinds'
  | 'flags'
  | 'protocols'
  | 'statuses'
  | 'senderOf'
  | 'operationOf'
  | 'peerOf'
  | 'requestIds'
>;

export function allocateSpanColumns(spanCount: number): SpanColumns {
  return {
    starts: new Float64Array(spanCount),
    ends: new Float64Array(spanCount),
    durations: new Float64Array(spanCount),
    parents: new Int32Array(spanCount).fill(-1),
    kinds: new Uint8Array(spanCount),
    flags: new Uint8Array(spanCount),
    protocols: new Uint8Array(spanCount),
    statuses: new Uint16Array(spanCount),
    senderOf: new Int32Array(spanCount),
    operationOf: new Int32Array(spanCount),
    peerOf: new Int32Array(spanCount).fill(-1),
    requestIds: new Float64Array(spanCount),
  };
}

/** A table with only some of the traces. @public */
export function selectTraces(
  table: SpanTable,
  keep: (trace: number) => boolean,
): SpanTable {
  const kept: number[] = [];
  let spanCount = 0;
  for (let trace = 0; trace < table.traceIds.length; trace++) {
    if (keep(trace)) {
      kept.push(trace);
      spanCount +=
        (table.traceFirst[trace + 1] as number) -
        (table.traceFirst[trace] as number);
    }
  }
  if (kept.length === table.traceIds.length) {
    return table;
  }
  const columns = allocateSpanColumns(spanCount);
  const traceFirst = new Int32Array(kept.length + 1);
  let to = 0;
  kept.forEach((trace, index) => {
    const first = table.traceFirst[trace] as number;
    const last = table.traceFirst[trace + 1] as number;
    copySpans(table, columns, first, last, to);
    to += last - first;
    traceFirst[index + 1] = to;
  });
  return {
    ...table,
    ...columns,
    traceFirst,
    traceIds: kept.map(trace => table.traceIds[trace] as string),
    traceStartUs: Float64Array.from(
      kept,
      trace => table.traceStartUs[trace] as number,
    ),
  };
}

/** Copies the rows `[first, last)` to `at` and moves their parents' indices along. */
export function copySpans(
  from: SpanColumns,
  to: SpanColumns,
  first: number,
  last: number,
  at: number,
): void {
  to.starts.set(from.starts.subarray(first, last), at);
  to.ends.set(from.ends.subarray(first, last), at);
  to.durations.set(from.durations.subarray(first, last), at);
  to.kinds.set(from.kinds.subarray(first, last), at);
  to.flags.set(from.flags.subarray(first, last), at);
  to.protocols.set(from.protocols.subarray(first, last), at);
  to.statuses.set(from.statuses.subarray(first, last), at);
  to.senderOf.set(from.senderOf.subarray(first, last), at);
  to.operationOf.set(from.operationOf.subarray(first, last), at);
  to.peerOf.set(from.peerOf.subarray(first, last), at);
  to.requestIds.set(from.requestIds.subarray(first, last), at);
  for (let i = first; i < last; i++) {
    const parent = from.parents[i] as number;
    to.parents[at + i - first] = parent < 0 ? -1 : parent - first + at;
  }
}

import {
  NO_REQUEST_ID,
  SPAN_FLAGS,
  SPAN_KINDS,
  type SpanForest,
  type SpanTable,
} from '../traces';

const SERVER = SPAN_KINDS.indexOf('server');
const CLIENT = SPAN_KINDS.indexOf('client');
const CONSUMER = SPAN_KINDS.indexOf('consumer');
const PRODUCER = SPAN_KINDS.indexOf('producer');

/** A call that the subject makes, with where its local part of the trace begins. */
export interface OutgoingCall {
  /** The outermost calling span: of the application, where it makes spans, else of the proxy. */
  span: number;
  /** The innermost one: of the proxy, where there is one. */
  inner: number;
  /** The outermost span of the subject above the call; the call itself, if none is. */
  top: number;
  /** Of the innermost calling span that has one: what the proxy saw. */
  requestId: number;
  /** Of the request that the call is below; none, where none is. */
  servedRequestId: number;
}

/** What a table holds of a subject. */
export interface SubjectCalls {
  calls: OutgoingCall[];
  /** Spans with which it receives requests, the outermost of each. */
  served: number[];
}

export function isReceiving(kind: number): boolean {
  return kind === SERVER || kind === CONSUMER;
}

export function isOrphan(table: SpanTable, span: number): boolean {
  return ((table.flags[span] as number) & SPAN_FLAGS.orphan) !== 0;
}

export function isLinked(table: SpanTable, span: number): boolean {
  return ((table.flags[span] as number) & SPAN_FLAGS.linked) !== 0;
}

function isCalling(kind: number): boolean {
  return kind === CLIENT || kind === PRODUCER;
}

/**
 * One pass over the spans, parents first.
 *
 * @param senders - by sender 1 if its spans are the subject's own, or about requests
 *   to it; and if they are a waypoint's, about calls that the subject made
 */
export function findCalls(
  table: SpanTable,
  { preorder, parents }: SpanForest,
  senders: { own: Uint8Array; sources: Uint8Array },
): SubjectCalls {
  const isOwn = (span: number) =>
    senders.own[table.senderOf[span] as number] === 1;
  const isSource = (span: number) =>
    senders.sources[table.senderOf[span] as number] === 1;
  const count = table.starts.length;
  const topOf = new Int32Array(count).fill(-1);
  const callOf = new Int32Array(count).fill(-1);
  const servedIds = new Float64Array(count);
  const calls: OutgoingCall[] = [];
  const served: number[] = [];
  // A request that the subject sends to itself is one that arrives from outside, but
  // a waypoint's span about a call is the call's.
  const isHop = (span: number, parent: number) =>
    isReceiving(table.kinds[span] as number) &&
    isCalling(table.kinds[parent] as number) &&
    !isSource(span);
  for (const span of preorder) {
    const isOther = !isOwn(span);
    if (isOther && !isSource(span)) {
      continue;
    }
    const parent = parents[span] as number;
    const kind = table.kinds[span] as number;
    const isLocal = parent >= 0 && isOwn(parent) && !isHop(span, parent);
    const requestId = table.requestIds[span] as number;
    topOf[span] = isLocal ? (topOf[parent] as number) : span;
    servedIds[span] = isLocal ? (servedIds[parent] as number) : NO_REQUEST_ID;
    if (isReceiving(kind) && !isOther) {
      if (!isLocal || !isReceiving(table.kinds[parent] as number)) {
        served.push(span);
      }
      servedIds[span] = requestId || (servedIds[span] as number);
    }
    if (kind !== CLIENT && !isSource(span)) {
      continue;
    }
    const outer = isLocal ? (callOf[parent] as number) : -1;
    if (outer >= 0) {
      callOf[span] = outer;
      const call = calls[outer] as OutgoingCall;
      call.inner = span;
      call.requestId = requestId || call.requestId;
      continue;
    }
    callOf[span] = calls.length;
    calls.push({
      span,
      inner: span,
      top: topOf[span] as number,
      requestId,
      servedRequestId: servedIds[span] as number,
    });
  }
  return { calls, served };
}

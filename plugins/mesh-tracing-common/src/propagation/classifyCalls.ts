import { NO_REQUEST_ID, type SpanTable } from '../traces';
import {
  isLinked,
  isOrphan,
  isReceiving,
  type OutgoingCall,
  type SubjectCalls,
} from './findCalls';
import type { MissingHeader, PropagationKind } from './model';
import type { ServedRequests } from './ServedRequests';

/** A later call below a request is not made for it: contexts that are kept too long. */
const LATE_US = 1_000_000;

/** How a call lies to the requests that the subject serves. */
export interface ClassifiedCall {
  call: OutgoingCall;
  trace: number;
  startUs: number;
  /**
   * `joined` a request's trace; `broken`, as the kind says; `starting` a trace, of
   * which `served` tells whether it looks like one for a request; or on purpose.
   */
  state: 'joined' | 'broken' | 'starting' | 'purpose';
  kind?: PropagationKind;
  missing?: MissingHeader;
  isRequestIdLost: boolean;
  /** A request that was being served when the call began. */
  served?: number;
  /** Of a starting call: it also ended while that request was served. */
  isWithin: boolean;
  place: number;
}

/** What {@link classifyCalls} knows of the spans. */
export interface ClassifyContext {
  table: SpanTable;
  parents: Int32Array;
  traceOf: Int32Array;
  /** By span, the pod of its sender; `ANYWHERE` where it does not tell. */
  placeOf: (span: number) => number;
  /** The span was sent by a proxy. */
  isProxied: (span: number) => boolean;
}

/** Says of each call whether it joined the trace of the request that it was made for. */
export function classifyCalls(
  context: ClassifyContext,
  { calls, served: receiving }: SubjectCalls,
  served: ServedRequests,
): ClassifiedCall[] {
  const { table, traceOf } = context;
  const tracesServed = new Set(receiving.map(span => traceOf[span] as number));
  const hasProxy = receiving.some(context.isProxied);
  return calls.map(call => {
    const { span, top } = call;
    const trace = traceOf[span] as number;
    const place = served.placeFor(context.placeOf(call.inner));
    const startUs = served.startUs(span);
    const plain: ClassifiedCall = {
      call,
      trace,
      startUs,
      place,
      state: 'joined',
      isRequestIdLost: isIdLost(call),
      isWithin: false,
    };
    const broken = (kind: PropagationKind, missing?: MissingHeader) =>
      brokenCall(plain, served, kind, missing);
    if (isJoined(context, call, hasProxy && isServed(served, plain))) {
      return isElsewhere(context, call, served)
        ? broken('wrong-parent')
        : plain;
    }
    if (isOrphan(table, top)) {
      return tracesServed.has(trace)
        ? broken('wrong-parent')
        : broken('some-headers', 'sampled-flag');
    }
    if (isLinked(table, top) || isLinked(table, span)) {
      return { ...plain, state: 'purpose', kind: 'new-trace-on-purpose' };
    }
    const sameId = served.ofRequestId(call.requestId);
    if (sameId !== undefined && traceOf[sameId] !== trace) {
      return broken('some-headers', 'trace-context');
    }
    return startingCall(plain, served, table);
  });
}

function isServed(served: ServedRequests, call: ClassifiedCall): boolean {
  return served.at(call.place, call.startUs) !== undefined;
}

/** Both ids are known, and differ, so that the proxy had to make a new one. */
function isIdLost({ requestId, servedRequestId }: OutgoingCall): boolean {
  return (
    requestId !== NO_REQUEST_ID &&
    servedRequestId !== NO_REQUEST_ID &&
    requestId !== servedRequestId
  );
}

/**
 * The call is below a request, or below a span of somebody else. An application's
 * own span for a request starts a trace, too, where it did not read the headers
 * that its proxy sent.
 */
function isJoined(
  { table, parents, isProxied }: ClassifyContext,
  { top, span }: OutgoingCall,
  isProxyServing: boolean,
): boolean {
  if ((parents[top] as number) >= 0) {
    return true;
  }
  const ignoresProxy =
    isProxyServing && !isProxied(top) && !isOrphan(table, top);
  return (
    top !== span && isReceiving(table.kinds[top] as number) && !ignoresProxy
  );
}

/** The call hangs on a request of another pod, or of another time. */
function isElsewhere(
  { table, placeOf }: ClassifyContext,
  { top, span, inner }: OutgoingCall,
  served: ServedRequests,
): boolean {
  if (!isReceiving(table.kinds[top] as number) || top === span) {
    return false;
  }
  const [place, other] = [placeOf(inner), placeOf(top)];
  if (place >= 0 && other >= 0 && place !== other) {
    return true;
  }
  const startUs = served.startUs(span);
  const durationUs = table.durations[top] as number;
  const lateUs = startUs - served.startUs(top) - durationUs;
  return (
    lateUs > Math.max(LATE_US, durationUs) &&
    served.at(served.placeFor(place), startUs) !== undefined
  );
}

function brokenCall(
  plain: ClassifiedCall,
  served: ServedRequests,
  kind: PropagationKind,
  missing?: MissingHeader,
): ClassifiedCall {
  const byId = served.ofRequestId(plain.call.requestId);
  const around = byId ?? served.at(plain.place, plain.startUs)?.span;
  return {
    ...plain,
    state: 'broken',
    kind,
    ...(missing ? { missing } : {}),
    ...(around === undefined ? {} : { served: around }),
    isRequestIdLost: false,
  };
}

function startingCall(
  plain: ClassifiedCall,
  served: ServedRequests,
  table: SpanTable,
): ClassifiedCall {
  const around = served.at(plain.place, plain.startUs);
  const endUs = plain.startUs + (table.durations[plain.call.span] as number);
  return {
    ...plain,
    state: 'starting',
    kind: 'no-headers',
    isRequestIdLost: false,
    ...(around
      ? { served: around.span, isWithin: around.endUs >= endUs - 1_000 }
      : {}),
  };
}

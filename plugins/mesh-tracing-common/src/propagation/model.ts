import type { EstimateBounds } from '../latency';

/**
 * Shares of requests that are traced, 0..1, without which a count of traced calls
 * says little of all: calls that start a trace are decided on anew, calls that join
 * one are not. Absent = not known.
 * @public
 */
export interface PropagationRates {
  /** Of the requests that arrive at the subject, those that are traced. */
  servedShare?: number;
  /** Of the requests that start at the subject, those that its proxy traces. */
  startedShare?: number;
}

/**
 * What is wrong with calls that should have joined the trace of the request that
 * they were made for.
 *
 * - `no-headers`: a new trace under a new request id, so that nothing was forwarded.
 * - `some-headers`: a part was forwarded, see {@link MissingHeader}.
 * - `wrong-parent`: the call hangs on another request, or on a span that no store has.
 * - `new-trace-on-purpose`: a new trace that links to another; not counted as broken.
 * @public
 */
export type PropagationKind =
  | 'no-headers'
  | 'some-headers'
  | 'wrong-parent'
  | 'new-trace-on-purpose';

/**
 * What was not forwarded although something was: the trace context (a new trace
 * under the same request id, as of applications that forward B3 where W3C is
 * needed), the request id (the same trace under another request id), or the
 * decision to sample (a trace that begins below a span that was never recorded).
 * @public
 */
export type MissingHeader = 'trace-context' | 'request-id' | 'sampled-flag';

/** How many calls are of one kind. @public */
export interface PropagationKindCount {
  kind: PropagationKind;
  missing?: MissingHeader;
  /** Calls that the read ones stand for. */
  count: number;
  /** Of the calls made while serving a request, 0..1. */
  share: number;
}

/** A call that did not join, to look at. @public */
export interface PropagationExample {
  kind: PropagationKind;
  missing?: MissingHeader;
  /** Trace that the call is in. */
  traceId: string;
  /** Trace of a request that was being served when the call began. */
  servedTraceId?: string;
  /** Milliseconds since the epoch. */
  startTimeMs: number;
  durationUs: number;
}

/**
 * A share of the calls that a workload makes while it serves a request, which are
 * those that join the request's trace and those that should have.
 * @public
 */
export interface PropagationShare {
  /** Calls made while serving a request; a whole number. */
  callCount: number;
  /** Of these, calls that start a new trace or hang on the wrong parent. */
  brokenCount: number;
  /** 0..1; null without a call. */
  share: number | null;
  /** At 95 % confidence, 0..1. */
  shareBounds: EstimateBounds;
  /** Joined calls under another request id than their request's. */
  requestIdLostCount: number;
  /** Calls that start a trace while no request is seen to be served: on its own account. */
  otherCount: number;
  /** Most first; without those that do not occur. */
  kinds: PropagationKindCount[];
}

/** Calls of one caller and one operation to one peer. @public */
export interface PropagationRow extends PropagationShare {
  /** Canonical service that calls, else its workload or trace service name. */
  caller: string;
  /** Canonical revision, else `service.version`. */
  callerVersion?: string;
  callerNamespace?: string;
  /** Name of the calling span. */
  operation: string;
  /** Host or service that is called. */
  peer: string;
  /** Of the calls that start a trace, median, microseconds; null without one. */
  newTraceDurationUs: number | null;
  /**
   * Of the calls that start a trace while a request is served, the share that also
   * ends within it, 0..1: calls that a request waits for do. Null without one.
   */
  withinShare: number | null;
  /** A few, newest first. */
  examples: PropagationExample[];
}

/** What is known of the propagation of a workload, or of several. @public */
export interface PropagationEvidence extends PropagationShare {
  /** Requests of the subject that were read. */
  servedCount: number;
  /** Calls that were read, weighed by nothing. */
  readCallCount: number;
  /**
   * Share of the time in which some request is being served, 0..1: how often a call
   * made at any moment looks as if it were made for a request.
   */
  busyShare: number;
  /** True when all spans are of gateways or waypoints, which have no application. */
  isProxyOnly: boolean;
  rates: PropagationRates;
}

/** One of several workloads. @public */
export interface WorkloadPropagation extends PropagationEvidence {
  workload: { clusterId?: string; namespace: string; name: string };
}

/** Whether the calls of a subject join the traces of the requests that it serves. @public */
export interface PropagationAnalysis extends PropagationEvidence {
  /** Each workload of the subject by itself, in its order. */
  workloads: WorkloadPropagation[];
  /** Most broken calls first. */
  rows: PropagationRow[];
  /** Rows that were left out, and their calls. */
  leftOut: { rowCount: number; callCount: number };
}

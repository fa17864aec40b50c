import type { RecordedTrace } from '../tracestore';

/** An `x-request-id`, as far as sampling depends on it. */
export interface RequestId {
  /** Its first 8 hex digits as a number. */
  head: number;
  /** What its other digits are made of. */
  rest: number;
  /** Whether a proxy decided to sample and wrote that into the id. */
  isSampled: boolean;
}

/** What a `traceparent` header says. */
export interface TraceContext {
  isSampled: boolean;
  /** The span to continue; only sampled contexts have one. */
  parent?: { trace: RecordedTrace; spanIndex: number };
}

/** How one side of a proxy decides. */
export interface SamplingRule {
  /** Parts per 10,000. */
  samplingParts: number;
  usesRequestId: boolean;
  /** Envoy 1.39 (Istio 1.31) and newer: the parent's yes needs a local yes. */
  mayDrop: boolean;
}

/**
 * The decision of an Envoy with an OpenTelemetry tracer. The request id holds the
 * random number, so that proxies with equal percentages agree; a yes is written
 * into the id and holds for all that follow, a no is not.
 */
export function decideSampling(
  rule: SamplingRule,
  context: TraceContext | undefined,
  requestId: RequestId,
): { isSampled: boolean; requestId: RequestId } {
  const says =
    !rule.usesRequestId ||
    requestId.isSampled ||
    requestId.head % 10_000 < rule.samplingParts;
  const decided =
    says && rule.usesRequestId && !requestId.isSampled
      ? { ...requestId, isSampled: true }
      : requestId;
  if (!context) {
    return { isSampled: says, requestId: decided };
  }
  return {
    isSampled: context.isSampled && (says || !rule.mayDrop),
    requestId: decided,
  };
}

/** The id as the header carries it; its 15th character tells the decision. */
export function formatRequestId({ head, rest, isSampled }: RequestId): string {
  const middle = hex8(rest);
  const end = hex8(Math.imul(rest ^ head, 0x9e3779b1) >>> 0);
  const decision = isSampled ? '9' : '4';
  return [
    hex8(head),
    middle.slice(0, 4),
    `${decision}${middle.slice(4, 7)}`,
    `a${end.slice(0, 3)}`,
    `${end}${middle.slice(4)}`,
  ].join('-');
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, '0');
}

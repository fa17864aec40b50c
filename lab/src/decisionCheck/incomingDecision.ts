import { randomBytes, randomUUID } from 'node:crypto';

/** What a request brings along of a decision that was made before. */
export type IncomingDecision =
  /** A proxy sampled it, and the application passed on both of its headers. */
  | 'request id and traceparent, sampled'
  /** The same where that proxy did not sample. */
  | 'request id and traceparent, not sampled'
  /** The caller lost `x-request-id`, or began the trace without a proxy. */
  | 'traceparent alone, sampled'
  | 'traceparent alone, not sampled'
  | 'nothing';

/** Where Envoy notes in `x-request-id` why it samples. */
const REASON_INDEX = 14;
const SAMPLED = '9';

/** The headers of one request, with ids of its own. */
export function decisionHeaders(
  decision: IncomingDecision,
): Record<string, string> {
  if (decision === 'nothing') {
    return {};
  }
  const isSampled = !decision.endsWith('not sampled');
  const traceId = randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  const traceparent = `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
  if (decision.startsWith('traceparent alone')) {
    return { traceparent };
  }
  return { traceparent, 'x-request-id': requestId(isSampled) };
}

/** As an Envoy makes it: a UUID with the reason in its version digit. */
function requestId(isSampled: boolean): string {
  const id = randomUUID();
  return isSampled
    ? `${id.slice(0, REASON_INDEX)}${SAMPLED}${id.slice(REASON_INDEX + 1)}`
    : id;
}

import type { Span } from '../model/Trace';

/** The span with only its place in the trace, service, operation and times. @public */
export function redactSpan(span: Span): Span {
  const { spanId, parentSpanId, service, operation, offsetUs, durationUs } =
    span;
  return {
    spanId,
    parentSpanId,
    service,
    operation,
    kind: 'unspecified',
    status: 'unset',
    offsetUs,
    durationUs,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    warnings: [],
    redacted: true,
  };
}

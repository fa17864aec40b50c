import {
  findErrorRootCauses,
  findRetries,
  type LatencyStatistics,
  type Span,
  type Trace,
  type TraceInsights,
} from 'backstage-plugin-mesh-tracing-common';

/** More than this of one kind is more than people read. */
const MOST = 100;

/** Durations alone. */
export function withoutFailures<T extends LatencyStatistics>(row: T): T {
  const { failures, ...bare } = row;
  return { ...(bare as T), errorCount: 0 };
}

/** Its place in the trace, service, operation and times. */
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

/** Repeated calls and the critical path are made of names and times alone. */
export function redactInsights(
  trace: Trace,
  insights: TraceInsights,
): TraceInsights {
  return trace.spans.every(span => !span.redacted)
    ? insights
    : {
        ...insights,
        errorRootCauses: findErrorRootCauses(trace).slice(0, MOST),
        retries: findRetries(trace).slice(0, MOST),
      };
}

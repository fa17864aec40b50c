import type {
  Attributes,
  Span,
  SpanKind,
  Trace,
} from 'backstage-plugin-mesh-tracing-common';

/** What all spans of one sender with one operation share. */
export interface SpanTemplate {
  service: string;
  operation: string;
  kind: SpanKind;
  attributes: Attributes;
  resource: Attributes;
  scope: { name: string; version?: string };
}

/** A span as it is kept: what differs from its template, and nothing twice. */
export interface RecordedSpan {
  template: SpanTemplate;
  /** Index in the trace; -1 for the first span. */
  parent: number;
  /** Since the start of the request, whole microseconds. */
  offsetUs: number;
  durationUs: number;
  isError: boolean;
  /** Attributes of this span alone; they win over the template's. */
  attributes: Attributes;
}

/** A trace as it is kept. */
export interface RecordedTrace {
  traceId: string;
  /** Start of the request, whole microseconds since the epoch. */
  requestStartUs: number;
  spans: RecordedSpan[];
}

/** Start of a trace's first span, milliseconds since the epoch. */
export function startMsOf(trace: RecordedTrace): number {
  return (trace.requestStartUs + (trace.spans[0]?.offsetUs ?? 0)) / 1000;
}

/** End of a trace's last span, milliseconds since the epoch. */
export function endMsOf(trace: RecordedTrace): number {
  let endUs = 0;
  for (const span of trace.spans) {
    endUs = Math.max(endUs, span.offsetUs + span.durationUs);
  }
  return (trace.requestStartUs + endUs) / 1000;
}

/**
 * Where a trace is found by in a window: the latest start of a span of one of the
 * services that the window holds; undefined without one. Milliseconds since the epoch.
 */
export function matchMsOf(
  { requestStartUs, spans }: RecordedTrace,
  services: ReadonlySet<string>,
  window: { startTimeMs: number; endTimeMs: number },
): number | undefined {
  let latest = -Infinity;
  for (const { template, offsetUs } of spans) {
    const ms = (requestStartUs + offsetUs) / 1000;
    const isMatch =
      (services.size === 0 || services.has(template.service)) &&
      ms >= window.startTimeMs &&
      ms <= window.endTimeMs;
    latest = isMatch ? Math.max(latest, ms) : latest;
  }
  return latest === -Infinity ? undefined : latest;
}

/** 16 hex digits, different for each index in a trace, never all zeros. */
function spanIdOf(traceId: string, index: number): string {
  const seed = Number.parseInt(traceId.slice(-8), 16);
  const mixed = Math.imul(seed ^ (index + 1), 0x9e3779b1) >>> 0;
  return (
    mixed.toString(16).padStart(8, '0') +
    (((index + 1) << 16) | (seed & 0xffff)).toString(16).padStart(8, '0')
  );
}

function toSpan(
  trace: RecordedTrace,
  span: RecordedSpan,
  index: number,
  firstOffsetUs: number,
): Span {
  const { template } = span;
  return {
    spanId: spanIdOf(trace.traceId, index),
    ...(span.parent >= 0
      ? { parentSpanId: spanIdOf(trace.traceId, span.parent) }
      : {}),
    service: template.service,
    operation: template.operation,
    kind: template.kind,
    status: span.isError ? 'error' : 'unset',
    offsetUs: span.offsetUs - firstOffsetUs,
    durationUs: span.durationUs,
    attributes: { ...template.attributes, ...span.attributes },
    resource: template.resource,
    scope: template.scope,
    events: [],
    links: [],
    warnings: [],
  };
}

/** The trace as views know it. */
export function toTrace(recorded: RecordedTrace): Trace {
  const { spans, requestStartUs, traceId } = recorded;
  let firstOffsetUs = Infinity;
  let endUs = 0;
  for (const span of spans) {
    firstOffsetUs = Math.min(firstOffsetUs, span.offsetUs);
    endUs = Math.max(endUs, span.offsetUs + span.durationUs);
  }
  return {
    traceId,
    startTimeUs: requestStartUs + firstOffsetUs,
    durationUs: endUs - firstOffsetUs,
    spans: spans
      .map((span, index) => toSpan(recorded, span, index, firstOffsetUs))
      .sort((a, b) => a.offsetUs - b.offsetUs),
    warnings: [],
  };
}

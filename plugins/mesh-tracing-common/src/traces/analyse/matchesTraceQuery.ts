import type { Attributes, AttributeValue, Span, Trace } from '../model/Trace';
import { spanBelongsTo } from '../model/spanBelongsTo';
import type { TraceQuery } from '../model/TraceQuery';

/** A query without its limit. @public */
export type TraceFilter = Omit<TraceQuery, 'limit'>;

function asFilterText(value: AttributeValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function hasAttribute(
  attributes: Attributes,
  key: string,
  wanted: string,
): boolean {
  if (!Object.hasOwn(attributes, key)) {
    return false;
  }
  const value = attributes[key] as AttributeValue;
  return (
    asFilterText(value) === wanted ||
    (Array.isArray(value) && value.some(item => asFilterText(item) === wanted))
  );
}

/** As Jaeger's tags and its in-memory storage name them. */
const SCOPE_NAME = new Set(['otel.scope.name', 'scope.name']);
const SCOPE_VERSION = new Set(['otel.scope.version', 'scope.version']);

function spanHasAttribute(span: Span, key: string, wanted: string): boolean {
  if (key === 'error') {
    return (span.status === 'error') === (wanted === 'true');
  }
  if (key === 'span.kind') {
    return span.kind === wanted;
  }
  const { scope } = span;
  return (
    (key === 'service.name' && span.service === wanted) ||
    (SCOPE_NAME.has(key) && scope?.name === wanted) ||
    (SCOPE_VERSION.has(key) && scope?.version === wanted) ||
    hasAttribute(span.attributes, key, wanted) ||
    hasAttribute(span.resource, key, wanted) ||
    hasAttribute(scope?.attributes ?? {}, key, wanted) ||
    span.events.some(event => hasAttribute(event.attributes, key, wanted)) ||
    span.links.some(link => hasAttribute(link.attributes ?? {}, key, wanted))
  );
}

/**
 * Whether one span passes all of a query's filters on spans. Attributes are
 * looked for on the span, its resource, scope, events and links, as text; `error`
 * and `span.kind` mean the span's status and kind, `service.name` its service.
 * @public
 */
export function matchesSpanFilters(span: Span, filter: TraceFilter): boolean {
  return (
    (filter.services.length === 0 || filter.services.includes(span.service)) &&
    (filter.operation === undefined || span.operation === filter.operation) &&
    (filter.kind === undefined || span.kind === filter.kind) &&
    (!filter.errorsOnly || span.status === 'error') &&
    span.durationUs >= (filter.minSpanDurationUs ?? 0) &&
    span.durationUs <= (filter.maxSpanDurationUs ?? Infinity) &&
    (!filter.subject || spanBelongsTo(span, filter.subject)) &&
    Object.entries(filter.attributes ?? {}).every(([key, wanted]) =>
      spanHasAttribute(span, key, wanted),
    )
  );
}

/** Whether a whole trace's duration passes. @public */
export function matchesTraceDuration(
  durationUs: number,
  filter: Pick<TraceFilter, 'minTraceDurationUs' | 'maxTraceDurationUs'>,
): boolean {
  return (
    durationUs >= (filter.minTraceDurationUs ?? 0) &&
    durationUs <= (filter.maxTraceDurationUs ?? Infinity)
  );
}

/**
 * Whether a trace passes a query: it starts in the window, its duration fits, and
 * at least one span passes all filters on spans. Without services every
 * service counts. For stores that hold traces in memory, and for what a remote
 * store cannot filter.
 * @public
 */
export function matchesTraceQuery(trace: Trace, filter: TraceFilter): boolean {
  const startTimeMs = trace.startTimeUs / 1000;
  return (
    startTimeMs >= filter.startTimeMs &&
    startTimeMs <= filter.endTimeMs &&
    matchesTraceDuration(trace.durationUs, filter) &&
    trace.spans.some(span => matchesSpanFilters(span, filter))
  );
}

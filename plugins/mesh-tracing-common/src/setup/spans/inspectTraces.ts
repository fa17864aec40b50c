import {
  spanBelongsTo,
  type Span,
  type Trace,
  type TraceSubject,
} from '../../traces';
import { isHealthCheck } from './isHealthCheck';
import type { NameSighting, SpanInspection } from './SpanInspection';
import { TagCounter } from './TagCounter';

/** Ids, times, kind, status and what encloses them, bytes in a store's own form. */
const BYTES_BESIDE_TAGS = 150;

/** Whose spans are looked at, and with which secret of the process. @public */
export interface InspectionRequest {
  subject: TraceSubject;
  /** Keeps the numbers that stand for values from being compared with guesses. */
  salt: number;
}

/**
 * What the subject's spans in these traces are like. Spans of others are left out:
 * their tags are not the caller's to know.
 * @public
 */
export function inspectTraces(
  traces: Iterable<Trace>,
  { subject, salt }: InspectionRequest,
): SpanInspection {
  const tags = TagCounter.create(salt);
  const names = new Map<string, NameSighting>();
  const found = { traceCount: 0, spanCount: 0, byteCount: 0 };
  const requests = { requestCount: 0, healthCheckCount: 0 };
  let longestTraceMs = 0;
  for (const trace of traces) {
    const spans = trace.spans.filter(span => spanBelongsTo(span, subject));
    found.traceCount += spans.length > 0 ? 1 : 0;
    longestTraceMs = Math.max(longestTraceMs, trace.durationUs / 1000);
    for (const span of spans) {
      found.spanCount += 1;
      found.byteCount += bytesBeside(span) + tags.add(span.attributes);
      if (isRequest(span)) {
        requests.requestCount += 1;
        requests.healthCheckCount += isHealthCheck(span) ? 1 : 0;
      }
      sight(names, span.service, (trace.startTimeUs + span.offsetUs) / 1000);
    }
  }
  return {
    ...found,
    ...requests,
    tags: tags.tags(),
    hasAllTags: tags.hasAll,
    names: [...names.values()],
    longestTraceMs,
  };
}

/** A request that was taken: gateways send their spans as clients, as roots. */
function isRequest({ kind, parentSpanId }: Span): boolean {
  return kind === 'server' || (kind === 'client' && parentSpanId === undefined);
}

function bytesBeside({ operation, events }: Span): number {
  const ofEvents = events.reduce(
    (sum, { name, attributes }) =>
      sum + name.length + JSON.stringify(attributes).length,
    0,
  );
  return BYTES_BESIDE_TAGS + operation.length + ofEvents;
}

function sight(
  names: Map<string, NameSighting>,
  name: string,
  atMs: number,
): void {
  const known = names.get(name);
  if (!known) {
    names.set(name, { name, spanCount: 1, firstMs: atMs, lastMs: atMs });
    return;
  }
  known.spanCount += 1;
  known.firstMs = Math.min(known.firstMs, atMs);
  known.lastMs = Math.max(known.lastMs, atMs);
}

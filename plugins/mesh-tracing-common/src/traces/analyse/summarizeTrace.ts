import { compareText } from '../../shared/compareText';
import type {
  Span,
  Trace,
  TraceServiceCount,
  TraceSummary,
} from '../model/Trace';

/** The trace's first span: the earliest without a parent; undefined if all are orphans. @public */
export function rootSpan(trace: Trace): Span | undefined {
  let root: Span | undefined;
  for (const span of trace.spans) {
    if (
      span.parentSpanId === undefined &&
      (!root || span.offsetUs < root.offsetUs)
    ) {
      root = span;
    }
  }
  return root;
}

/** Names of the root, else of the earliest span. */
function namesOf(trace: Trace, root: Span | undefined): Partial<TraceSummary> {
  if (root) {
    return { rootService: root.service, rootOperation: root.operation };
  }
  const [earliest] = trace.spans;
  return earliest
    ? {
        earliestService: earliest.service,
        earliestOperation: earliest.operation,
      }
    : {};
}

/** The row of a list of traces. @public */
export function summarizeTrace(trace: Trace): TraceSummary {
  const root = rootSpan(trace);
  const ids = new Set(trace.spans.map(span => span.spanId));
  const services = new Map<string, TraceServiceCount>();
  let errorSpanCount = 0;
  let orphanSpanCount = 0;
  for (const span of trace.spans) {
    let service = services.get(span.service);
    if (!service) {
      service = { name: span.service, spanCount: 0, errorSpanCount: 0 };
      services.set(span.service, service);
    }
    service.spanCount += 1;
    if (span.status === 'error') {
      errorSpanCount += 1;
      service.errorSpanCount += 1;
    }
    if (span.parentSpanId !== undefined && !ids.has(span.parentSpanId)) {
      orphanSpanCount += 1;
    }
  }
  return {
    traceId: trace.traceId,
    ...namesOf(trace, root),
    startTimeMs: trace.startTimeUs / 1000,
    durationUs: trace.durationUs,
    spanCount: trace.spans.length,
    errorSpanCount,
    orphanSpanCount,
    services: [...services.values()].sort((a, b) =>
      compareText(a.name, b.name),
    ),
  };
}

/** Newest first; equal times by id, so that the order is stable. @public */
export function compareNewestFirst(a: TraceSummary, b: TraceSummary): number {
  return b.startTimeMs - a.startTimeMs || compareText(a.traceId, b.traceId);
}

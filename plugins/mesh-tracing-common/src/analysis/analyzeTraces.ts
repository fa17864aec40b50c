import { collectDependencies } from '../dependencies';
import { collectLatency, collectSpanFigures, tableSampleOf } from '../latency';
import { collectPropagation } from '../propagation';
import { collectCriticalPath } from './collectCriticalPath';
import { countTraces } from './countTraces';
import type { TraceAnalysis } from './TraceAnalysis';
import {
  arrangeSpans,
  compareNewestFirst,
  type SpanTable,
  spanTableOf,
  subjectSenders,
  summarizeTableTrace,
  type Trace,
  type TraceAnalysisRequest,
  traceOfSpans,
  weighTraces,
} from '../traces';

/**
 * Everything that the views derive from a set of traces: rows, latency of the
 * subject, dependencies, and who is on the critical paths. Each trace must occur
 * once.
 * @public
 */
export function analyzeTraces(
  traces: Iterable<Trace>,
  request: TraceAnalysisRequest,
): TraceAnalysis {
  return analyzeSpanTable(spanTableOf(traces), request);
}

/** As {@link analyzeTraces}, from columns. @public */
export function analyzeSpanTable(
  table: SpanTable,
  request: TraceAnalysisRequest,
): TraceAnalysis {
  const forest = arrangeSpans(table.starts, table.parents);
  const isSubject = subjectSenders(table, request.subject);
  const weighed = weighTraces(table, isSubject, request);
  const sample = tableSampleOf(weighed, () => traceOfSpans(table));
  const { graph, peers } = collectDependencies(table, forest, {
    subject: request.subject,
    isSubject,
    sample,
  });
  const latency = collectLatency(table, isSubject, request, sample);
  return {
    ...countTraces(table, isSubject, sample),
    ...(weighed ? { sample: weighed.facts } : {}),
    summaries: table.traceIds
      .map((_, trace) => summarizeTableTrace(table, trace))
      .sort(compareNewestFirst),
    latency: { ...latency, peers },
    dependencies: graph,
    ...collectCriticalPath(table, forest, isSubject, sample),
    ...(request.withSpanFigures
      ? { spanFigures: collectSpanFigures(table, isSubject, sample) }
      : {}),
    ...(request.withPropagation
      ? {
          propagation: collectPropagation(table, forest, {
            isSubject,
            sample,
            traceOf: sample?.traceOf ?? traceOfSpans(table),
            request,
            rates: request.withPropagation,
          }),
        }
      : {}),
  };
}

import { collectDependencies } from '../dependencies';
import { collectLatency, collectSpanFigures } from '../latency';
import { collectCriticalPath } from './collectCriticalPath';
import type { TraceAnalysis } from './TraceAnalysis';
import {
  arrangeSpans,
  compareNewestFirst,
  rootOfTrace,
  type SpanTable,
  spanTableOf,
  subjectSenders,
  summarizeTableTrace,
  type Trace,
  type TraceAnalysisRequest,
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
  const { graph, peers } = collectDependencies(table, forest, {
    subject: request.subject,
    isSubject,
  });
  const latency = collectLatency(table, isSubject, request);
  return {
    ...countTraces(table, isSubject),
    summaries: table.traceIds
      .map((_, trace) => summarizeTableTrace(table, trace))
      .sort(compareNewestFirst),
    latency: { ...latency, peers },
    dependencies: graph,
    ...collectCriticalPath(table, forest, isSubject),
    ...(request.withSpanFigures
      ? { spanFigures: collectSpanFigures(table, isSubject) }
      : {}),
  };
}

function countTraces(
  table: SpanTable,
  isSubject: Uint8Array,
): Pick<
  TraceAnalysis,
  'traceCount' | 'spanCount' | 'subjectTraceCount' | 'rootedTraceCount'
> {
  let subjectTraceCount = 0;
  let rootedTraceCount = 0;
  for (let trace = 0; trace < table.traceIds.length; trace++) {
    const last = table.traceFirst[trace + 1] as number;
    for (let i = table.traceFirst[trace] as number; i < last; i++) {
      if (isSubject[table.senderOf[i] as number]) {
        subjectTraceCount += 1;
        break;
      }
    }
    const root = rootOfTrace(table, trace);
    if (root >= 0 && isSubject[table.senderOf[root] as number]) {
      rootedTraceCount += 1;
    }
  }
  return {
    traceCount: table.traceIds.length,
    spanCount: table.starts.length,
    subjectTraceCount,
    rootedTraceCount,
  };
}

import { collectDependencies } from '../dependencies';
import { collectLatency, collectSpanFigures } from '../latency';
import type { CriticalPathShare, TraceAnalysis } from './TraceAnalysis';
import {
  arrangeSpans,
  compareNewestFirst,
  isBlockingKind,
  rootOfTrace,
  type Sender,
  SPAN_FLAGS,
  SPAN_KINDS,
  type SpanForest,
  type SpanTable,
  spanTableOf,
  subjectSenders,
  summarizeTableTrace,
  type Trace,
  type TraceAnalysisRequest,
  walkCriticalPath,
} from '../traces';
import { compareText } from '../shared/compareText';

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

function traceOfSpan(table: SpanTable): Int32Array {
  const traces = new Int32Array(table.starts.length);
  for (let trace = 0; trace < table.traceIds.length; trace++) {
    traces.fill(
      trace,
      table.traceFirst[trace] as number,
      table.traceFirst[trace + 1] as number,
    );
  }
  return traces;
}

/** For each span 1 if the subject sent it or a span above it, else 0. */
function atOrBelow(
  { senderOf }: SpanTable,
  { preorder, parents }: SpanForest,
  isSubject: Uint8Array,
): Uint8Array {
  const isBelow = new Uint8Array(senderOf.length);
  for (const span of preorder) {
    const parent = parents[span] as number;
    isBelow[span] =
      isSubject[senderOf[span] as number] || (parent >= 0 && isBelow[parent])
        ? 1
        : 0;
  }
  return isBelow;
}

/**
 * Who is on the critical paths. The subject and what it calls are told one by
 * one; its callers, and what else they call, are a single sum, since the
 * subject is not where their time goes.
 */
function collectCriticalPath(
  table: SpanTable,
  forest: SpanForest,
  isSubject: Uint8Array,
): Pick<TraceAnalysis, 'criticalPath' | 'criticalPathElsewhereUs'> {
  const traces = traceOfSpan(table);
  const isBelow = atOrBelow(table, forest, isSubject);
  let criticalPathElsewhereUs = 0;
  const shares = new Map<
    number,
    Omit<CriticalPathShare, 'traceCount'> & { traces: Set<number> }
  >();
  const blocking = SPAN_KINDS.map(parent =>
    SPAN_KINDS.map(child => isBlockingKind(parent, child)),
  );
  walkCriticalPath(
    {
      starts: table.starts,
      ends: table.ends,
      forest,
      isBlocking: (parent, child) =>
        ((table.flags[child] as number) & SPAN_FLAGS.followsFrom) === 0 &&
        blocking[table.kinds[parent] as number]?.[
          table.kinds[child] as number
        ] === true,
    },
    (span, start, end) => {
      if (!isBelow[span]) {
        criticalPathElsewhereUs += end - start;
        return;
      }
      const sender = table.senders[table.senderOf[span] as number] as Sender;
      const operation = table.operationOf[span] as number;
      const key = sender.service * table.operations.length + operation;
      let share = shares.get(key);
      if (!share) {
        share = {
          service: table.services[sender.service] as string,
          operation: table.operations[operation] as string,
          selfUs: 0,
          traces: new Set(),
        };
        shares.set(key, share);
      }
      share.selfUs += end - start;
      share.traces.add(traces[span] as number);
    },
  );
  const criticalPath = [...shares.values()]
    .map(share => ({
      service: share.service,
      operation: share.operation,
      selfUs: share.selfUs,
      traceCount: share.traces.size,
    }))
    .sort(
      (a, b) =>
        b.selfUs - a.selfUs ||
        compareText(a.service, b.service) ||
        compareText(a.operation, b.operation),
    );
  return { criticalPath, criticalPathElsewhereUs };
}

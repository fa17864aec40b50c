import type { TableSample } from '../latency';
import { rootOfTrace, SPAN_FLAGS, type SpanTable } from '../traces';
import type { TraceAnalysis } from './TraceAnalysis';

/** Traces and spans, all that there are or that those of a sample stand for. */
export function countTraces(
  table: SpanTable,
  isSubject: Uint8Array,
  sample: TableSample | undefined,
): Pick<
  TraceAnalysis,
  | 'traceCount'
  | 'spanCount'
  | 'subjectTraceCount'
  | 'rootedTraceCount'
  | 'failedTraceCount'
  | 'errorSpanCount'
> {
  let [traceCount, spanCount, subjectTraceCount, rootedTraceCount] = [
    0, 0, 0, 0,
  ];
  let [failedTraceCount, errorSpanCount] = [0, 0];
  for (let trace = 0; trace < table.traceIds.length; trace++) {
    const weight = sample ? sample.design.weightOf(trace) : 1;
    const first = table.traceFirst[trace] as number;
    const last = table.traceFirst[trace + 1] as number;
    let ofSubject = 0;
    let failed = 0;
    for (let i = first; i < last; i++) {
      ofSubject |= isSubject[table.senderOf[i] as number] as number;
      failed += (table.flags[i] as number) & SPAN_FLAGS.error ? 1 : 0;
    }
    const root = rootOfTrace(table, trace);
    const isRooted = root >= 0 && isSubject[table.senderOf[root] as number];
    traceCount += weight;
    spanCount += weight * (last - first);
    subjectTraceCount += weight * ofSubject;
    rootedTraceCount += isRooted ? weight : 0;
    failedTraceCount += failed > 0 ? weight : 0;
    errorSpanCount += weight * failed;
  }
  return {
    traceCount: Math.round(traceCount),
    spanCount: Math.round(spanCount),
    subjectTraceCount: Math.round(subjectTraceCount),
    rootedTraceCount: Math.round(rootedTraceCount),
    ...(sample
      ? {
          failedTraceCount: Math.round(failedTraceCount),
          errorSpanCount: Math.round(errorSpanCount),
        }
      : {}),
  };
}

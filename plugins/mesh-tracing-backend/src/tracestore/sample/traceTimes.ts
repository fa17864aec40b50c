import {
  subjectSenders,
  type SpanTable,
  type TraceFilter,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * When each trace counts: where the first span of the subject starts that the window
 * holds; milliseconds since the epoch, by the id. Traces without one are left out.
 */
export function traceTimes(
  tables: readonly SpanTable[],
  { services, subject, startTimeMs, endTimeMs }: TraceFilter,
): Map<string, number> {
  const times = new Map<string, number>();
  const whose = subject ?? { services, workloads: [] };
  for (const table of tables) {
    const isSubject = subjectSenders(table, whose);
    table.traceIds.forEach((id, trace) => {
      const startUs = table.traceStartUs[trace] as number;
      const last = table.traceFirst[trace + 1] as number;
      let first = Infinity;
      for (let i = table.traceFirst[trace] as number; i < last; i++) {
        const ms = (startUs + (table.starts[i] as number)) / 1000;
        if (
          isSubject[table.senderOf[i] as number] &&
          ms >= startTimeMs &&
          ms < endTimeMs
        ) {
          first = Math.min(first, ms);
        }
      }
      if (first < Infinity) {
        times.set(id, first);
      }
    });
  }
  return times;
}

import {
  firstSpanTimes,
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
  { services, subject, ...window }: TraceFilter,
): Map<string, number> {
  const times = new Map<string, number>();
  const whose = subject ?? { services, workloads: [] };
  for (const table of tables) {
    const first = firstSpanTimes(table, subjectSenders(table, whose), window);
    table.traceIds.forEach((id, trace) => {
      const ms = first[trace] as number;
      if (ms < window.endTimeMs) {
        times.set(id, ms);
      }
    });
  }
  return times;
}

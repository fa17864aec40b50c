import {
  summarizeTrace,
  type Trace,
} from 'backstage-plugin-mesh-tracing-common';

/** A row in proto3 JSON: zeros are left out, nanoseconds are decimal texts. */
export function summaryJson(trace: Trace): unknown {
  const row = summarizeTrace(trace);
  const start = BigInt(trace.startTimeUs) * 1000n;
  const end = start + BigInt(Math.round(trace.durationUs * 1000));
  const counts = (spanCount: number, errorSpanCount: number) => ({
    ...(spanCount > 0 ? { spanCount } : {}),
    ...(errorSpanCount > 0 ? { errorSpanCount } : {}),
  });
  return {
    traceId: row.traceId,
    ...(row.rootService ? { rootServiceName: row.rootService } : {}),
    ...(row.rootOperation ? { rootOperationName: row.rootOperation } : {}),
    minStartTimeUnixNano: String(start),
    maxEndTimeUnixNano: String(end),
    ...counts(row.spanCount, row.errorSpanCount),
    ...(row.orphanSpanCount > 0
      ? { orphanSpanCount: row.orphanSpanCount }
      : {}),
    services: row.services.map(service => ({
      name: service.name,
      ...counts(service.spanCount, service.errorSpanCount),
    })),
  };
}

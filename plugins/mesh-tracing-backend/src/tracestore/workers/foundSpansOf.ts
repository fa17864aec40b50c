import {
  tableSpanMatcher,
  type SpanTable,
  type TraceFilter,
} from 'backstage-plugin-mesh-tracing-common';

const MS_US = 1000;

/**
 * At least as many spans of a page as the store can have found in the window. The
 * operation narrows them where it is the only filter that an index is looked
 * through for; where there are tags, those have an index of their own.
 */
export function foundSpansOf(table: SpanTable, filter: TraceFilter): number {
  const { services, startTimeMs, endTimeMs, operation } = filter;
  const { errorsOnly, kind, attributes = {} } = filter;
  const hasTags =
    errorsOnly || kind !== undefined || Object.keys(attributes).length > 0;
  const matches = tableSpanMatcher(table, {
    services,
    startTimeMs,
    endTimeMs,
    operation: hasTags ? undefined : operation,
  });
  const fromUs = Math.floor(startTimeMs * MS_US);
  const toUs = Math.ceil(endTimeMs * MS_US);
  let count = 0;
  table.traceStartUs.forEach((traceStart, trace) => {
    const last = table.traceFirst[trace + 1] as number;
    for (let span = table.traceFirst[trace] as number; span < last; span++) {
      const startUs = Math.floor(traceStart + (table.starts[span] as number));
      count += Number(startUs >= fromUs && startUs <= toUs && matches(span));
    }
  });
  return count;
}

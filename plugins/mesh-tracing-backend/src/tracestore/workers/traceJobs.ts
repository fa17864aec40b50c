import {
  analyzeSpanTable,
  decodeTraces,
  findTraceInsights,
  limitTrace,
  matchesSpanFilters,
  mergeSpanTables,
  readSpanTable,
  selectTraces,
  summarizeTableTrace,
  tableTraceBelongs,
  tableTraceMatcher,
  type SpanTable,
  type TraceAnalysis,
} from 'backstage-plugin-mesh-tracing-common';
import type { StoredTrace } from 'backstage-plugin-mesh-tracing-node';
import type {
  AnalysisRequest,
  PageRequest,
  SummariesPage,
  TablePage,
  TraceRequest,
} from './TraceJob';
import { timesOfTable } from './timesOfTable';

function traceIdsWithAttributes(page: PageRequest): Set<string> {
  return new Set(
    decodeTraces(page.body, page.format)
      .filter(trace =>
        trace.spans.some(span => matchesSpanFilters(span, page.filter)),
      )
      .map(trace => trace.traceId),
  );
}

/** Reads a page into columns and applies the filters. */
export function tableJob(page: PageRequest): TablePage & { table: SpanTable } {
  const table = readSpanTable(page.body, page.format);
  const ids = page.filterAttributes ? traceIdsWithAttributes(page) : undefined;
  const matches = tableTraceMatcher(table, page.filter);
  const kept = selectTraces(
    table,
    trace =>
      matches(trace) && (!ids || ids.has(table.traceIds[trace] as string)),
  );
  const { subject } = page.filter;
  const belongs = subject && tableTraceBelongs(table, subject);
  return {
    table: kept,
    traceIds: table.traceIds,
    times: timesOfTable(table, page.filter),
    ...(belongs
      ? { belongingIds: table.traceIds.filter((_, trace) => belongs(trace)) }
      : {}),
  };
}

export function summariesJob(page: PageRequest): SummariesPage {
  const { table, ...facts } = tableJob(page);
  return {
    summaries: table.traceIds.map((_, trace) =>
      summarizeTableTrace(table, trace),
    ),
    ...facts,
  };
}

export function analysisJob({
  tables,
  traceIds,
  limit,
  request,
}: AnalysisRequest): TraceAnalysis {
  const all = mergeSpanTables(tables);
  const merged = traceIds
    ? selectTraces(all, trace => traceIds.has(all.traceIds[trace] as string))
    : all;
  const starts = Float64Array.from(merged.traceStartUs).sort().reverse();
  const oldest = starts[Math.min(limit, starts.length) - 1] ?? 0;
  let room = Math.min(limit, starts.length);
  const newest = selectTraces(merged, trace => {
    const isNewest = (merged.traceStartUs[trace] as number) >= oldest;
    room -= isNewest ? 1 : 0;
    return isNewest && room >= 0;
  });
  return analyzeSpanTable(newest, request);
}

export function traceJob(request: TraceRequest): StoredTrace | undefined {
  const trace = decodeTraces(request.body, request.format).find(
    candidate => candidate.traceId === request.traceId,
  );
  if (!trace) {
    return undefined;
  }
  const limited = limitTrace(trace);
  return { ...limited, insights: findTraceInsights(limited) };
}

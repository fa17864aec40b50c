import {
  analyzeSpanTable,
  decodeTraces,
  inspectTraces,
  matchesSpanFilters,
  mergeSpanTables,
  readSpanTable,
  readTraceRows,
  selectTraces,
  summarizeTableTrace,
  tableTraceBelongs,
  tableTraceMatcher,
  type SpanTable,
  type TraceAnalysis,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  AnalysisRequest,
  InspectedPage,
  InspectedPageRequest,
  PageRequest,
  SummariesPage,
  TablePage,
  TracePart,
  TraceRequest,
} from './TraceJob';
import { foundSpansOf } from './foundSpansOf';
import { timesOfTable } from './timesOfTable';

function traceIdsWithAttributes(page: PageRequest): Set<string> {
  return new Set(
    decodeTraces(page.body, page.format, { scopeAttributes: true })
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
    foundSpanCount: foundSpansOf(table, page.filter),
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

/**
 * Looks at the tags of a page's spans. Only those of the searched service count: a
 * trace is found under each of the entity's names, and a span has one.
 */
export function inspectionJob(page: InspectedPageRequest): InspectedPage {
  const { body, format, filter, inspection } = page;
  const { table, ...facts } = tableJob(page);
  const matched = new Set(table.traceIds);
  const ofService = decodeTraces(body, format)
    .filter(({ traceId }) => matched.has(traceId))
    .map(trace => ({
      ...trace,
      spans: trace.spans.filter(({ service }) =>
        filter.services.includes(service),
      ),
    }));
  return {
    ...facts,
    matchedIds: table.traceIds,
    inspection: inspectTraces(ofService, inspection),
  };
}

export function analysisJob({
  tables,
  traceIds,
  limit = Infinity,
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

/** Hands a trace over part by part. */
export function* traceJob(request: TraceRequest): Generator<TracePart> {
  const { body, format, traceId } = request;
  const read = readTraceRows(body, format, traceId);
  if (!read) {
    yield { part: 'none' };
    return;
  }
  yield { part: 'head', head: read.head };
  for (const rows of read.rows()) {
    yield { part: 'rows', rows };
  }
  yield { part: 'end', insights: read.insights() };
}

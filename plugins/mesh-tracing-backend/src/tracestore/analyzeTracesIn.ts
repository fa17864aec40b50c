import { setImmediate } from 'node:timers/promises';
import {
  analyzeSpanTable,
  mergeSpanTables,
  spanTableOf,
  type SpanTable,
  type TraceAnalysisRequest,
  type TraceQuery,
  type TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  StoredTrace,
  TraceAnalysisResult,
  TraceReadOptions,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';

/** Traces that are read one by one for one analysis. */
const MOST_TRACES = 100;
const AT_ONCE = 4;

/**
 * Analyses the traces of a search: in the store where it can do that, else here,
 * where the newest are read one by one, as whole traces are all that such a store
 * has to give.
 *
 * @throws what the store throws; the reason of the signal when it is aborted
 */
export async function analyzeTracesIn(
  store: TraceStore,
  query: TraceQuery,
  request: TraceAnalysisRequest,
  options: TraceReadOptions = {},
): Promise<TraceAnalysisResult> {
  if (store.analyze) {
    return store.analyze(query, request, options);
  }
  const limit = Math.min(query.limit, MOST_TRACES);
  const found = await store.search({ ...query, limit }, options);
  const tables: SpanTable[] = [];
  for (let from = 0; from < found.traces.length; from += AT_ONCE) {
    const some = found.traces.slice(from, from + AT_ONCE);
    const traces = await Promise.all(
      some.map(summary => readTrace(store, summary, options)),
    );
    options.signal?.throwIfAborted();
    // What is gone since the search has nothing to tell.
    tables.push(spanTableOf(traces.flatMap(trace => trace ?? [])));
    await setImmediate();
  }
  const table = mergeSpanTables(tables);
  const matchedCount = table.traceIds.length;
  return {
    analysis: analyzeSpanTable(table, request),
    coverage: {
      ...found.coverage,
      complete: found.coverage.complete && matchedCount === found.traces.length,
      matchedCount,
    },
  };
}

function readTrace(
  store: TraceStore,
  { traceId, startTimeMs, durationUs }: TraceSummary,
  options: TraceReadOptions,
): Promise<StoredTrace | undefined> {
  const endTimeMs = startTimeMs + durationUs / 1000;
  return store.trace(traceId, { startTimeMs, endTimeMs }, options);
}

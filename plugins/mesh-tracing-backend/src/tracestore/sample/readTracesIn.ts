import {
  spanTableOf,
  type SpanTable,
  type TraceQuery,
  type TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReadLimits,
  TraceReadReach,
  TraceReadResult,
  TraceSearchResult,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';

const AT_ONCE = 2;
/** Typical size of a span, bytes: what stores send of one trace is not counted. */
const BYTES_PER_SPAN = 1_000;
/** Stores count in microseconds. */
const JUST_AFTER_MS = 0.001;

/**
 * The newest traces of a window with their spans: from the store where it hands them
 * out so, else searched and read one by one, as that is all such a store has to give.
 *
 * @throws what the store throws; the reason of the signal when it is aborted
 */
export async function readTracesIn(
  store: TraceStore,
  query: TraceQuery,
  { maxBytes = Infinity, ...options }: TraceReadLimits,
): Promise<TraceReadResult> {
  if (store.read) {
    return store.read(query, { ...options, maxBytes });
  }
  const found = await store.search(query, options);
  const tables: SpanTable[] = [];
  const gone: TraceSummary[] = [];
  let byteCount = 0;
  for (let from = 0; from < found.traces.length; from += AT_ONCE) {
    options.signal?.throwIfAborted();
    if (byteCount >= maxBytes) {
      gone.push(...found.traces.slice(from));
      break;
    }
    const some = found.traces.slice(from, from + AT_ONCE);
    const traces = await Promise.all(
      some.map(row => store.trace(row.traceId, spanOf(row), options)),
    );
    gone.push(...some.filter((_, i) => !traces[i]));
    const table = spanTableOf(traces.flatMap(trace => trace ?? []));
    byteCount += table.starts.length * BYTES_PER_SPAN;
    tables.push(table);
  }
  options.signal?.throwIfAborted();
  const { fetchedCount, belongingCount } = found.coverage;
  return {
    tables,
    reach: reachOf(query, found, gone),
    byteCount,
    fetchedCount,
    belongingCount,
  };
}

function spanOf({ startTimeMs, durationUs }: TraceSummary) {
  return { startTimeMs, endTimeMs: startTimeMs + durationUs / 1000 };
}

function reachOf(
  { services, startTimeMs, endTimeMs }: TraceQuery,
  { coverage }: TraceSearchResult,
  gone: readonly TraceSummary[],
): TraceReadReach[] {
  const { complete, continueAtMs, oldestStartTimeMs, failures } = coverage;
  const backToMs = continueAtMs ?? oldestStartTimeMs;
  const isAll = complete || (failures.length > 0 && backToMs === undefined);
  const oldestMs = isAll ? startTimeMs : backToMs ?? endTimeMs;
  // What was not read is missing, wherever in it the match was.
  const readFromMs = Math.max(
    oldestMs + (isAll ? 0 : JUST_AFTER_MS),
    ...gone.map(row => spanOf(row).endTimeMs + JUST_AFTER_MS),
  );
  const messages = new Map(failures.map(f => [f.service, f.message]));
  return services.map(service => {
    const message = messages.get(service);
    if (message !== undefined) {
      return { service, error: new Error(message) };
    }
    return readFromMs < endTimeMs ? { service, readFromMs } : { service };
  });
}

import {
  matchesSpanFilters,
  spanTableOf,
  type SpanTable,
  type Trace,
  type TraceQuery,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReadOptions,
  TraceReadResult,
} from 'backstage-plugin-mesh-tracing-node';
import { inTurns } from './inTurns';
import { matchMsOf, toTrace, type RecordedTrace } from './RecordedTrace';

/** Traces to look at in one turn of the event loop: about a millisecond. */
const LOOKED_AT_PER_TURN = 1_000;
/** Traces to build in one turn of the event loop: about a millisecond. */
const BUILT_PER_TURN = 25;
/** Typical size of a span, bytes, as if a store had sent it. */
const BYTES_PER_SPAN = 1_000;
const JUST_AFTER_MS = 0.001;

interface Match {
  trace: RecordedTrace;
  matchMs: number;
}

/**
 * The newest traces that have a matching span in the window, in the order of that
 * span, as a store of spans finds them.
 *
 * @param recorded - all traces that have a part in the window
 * @param lostUntilMs - older traces may be gone; milliseconds since the epoch
 */
export async function readMatches(
  recorded: readonly RecordedTrace[],
  lostUntilMs: number,
  query: TraceQuery,
  { signal }: TraceReadOptions,
): Promise<TraceReadResult> {
  const matches = await newestFirst(recorded, query, signal);
  const tables: SpanTable[] = [];
  let readFromMs =
    lostUntilMs < query.startTimeMs
      ? query.startTimeMs
      : lostUntilMs + JUST_AFTER_MS;
  let fetchedCount = 0;
  let room = query.limit;
  for await (const some of inTurns(matches, {
    perTurn: BUILT_PER_TURN,
    signal,
  })) {
    const kept: Trace[] = [];
    for (const { trace, matchMs } of some) {
      const whole = toTrace(trace);
      fetchedCount += 1;
      if (whole.spans.some(span => matchesSpanFilters(span, query))) {
        kept.push(whole);
        room -= 1;
      }
      if (room <= 0) {
        readFromMs = Math.max(readFromMs, matchMs + JUST_AFTER_MS);
        break;
      }
    }
    tables.push(spanTableOf(kept));
    if (room <= 0) {
      break;
    }
  }
  const spanCount = tables.reduce((sum, { starts }) => sum + starts.length, 0);
  const belongingCount = tables.reduce((n, t) => n + t.traceIds.length, 0);
  return {
    tables,
    reach: query.services.map(service => ({
      service,
      ...(readFromMs < query.endTimeMs ? { readFromMs } : {}),
    })),
    byteCount: spanCount * BYTES_PER_SPAN,
    fetchedCount,
    ...(query.subject ? { belongingCount } : {}),
  };
}

async function newestFirst(
  recorded: readonly RecordedTrace[],
  query: TraceQuery,
  signal: AbortSignal | undefined,
): Promise<Match[]> {
  const services = new Set(query.services);
  const matches: Match[] = [];
  for await (const some of inTurns(recorded, {
    perTurn: LOOKED_AT_PER_TURN,
    signal,
  })) {
    for (const trace of some) {
      const matchMs = matchMsOf(trace, services, query);
      if (matchMs !== undefined) {
        matches.push({ trace, matchMs });
      }
    }
  }
  return matches.sort((a, b) => b.matchMs - a.matchMs);
}

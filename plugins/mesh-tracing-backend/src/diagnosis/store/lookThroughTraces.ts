import {
  clockAhead,
  provenNames,
  type SpanTable,
  type TraceSubject,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReadOptions,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import { readTracesIn } from '../../tracestore';
import type { TimeWindow } from '../../traces';

const MOST_TRACES = 10;
const MAX_BYTES = 4 * 1024 * 1024;
/** A clock that is further off than a day is set by no one's time zone. */
const ASIDE_MS = 25 * 3_600_000;
/** Spans that end while they are looked for are not in the future. */
const JUST_NOW_MS = 60_000;

/** What a few traces tell of a workload. */
export interface TracesLook {
  /** Names under which it sent spans, by their mesh identity. */
  names: string[];
  /** Start of the newest trace that was read, milliseconds since the epoch. */
  newestMs?: number;
  comparedCount: number;
  /** How far its clock is ahead of those of its callers. */
  aheadMs?: number;
}

/** Reads a few of the newest traces under some names. */
export async function lookThroughTraces(
  store: TraceStore,
  of: {
    services: readonly string[];
    subject: TraceSubject;
    window: TimeWindow;
    /** Whether traces without a span of the subject count too. */
    ofOthers?: boolean;
  },
  options: TraceReadOptions,
): Promise<TracesLook> {
  if (
    of.services.length === 0 ||
    of.window.startTimeMs >= of.window.endTimeMs
  ) {
    return { names: [], comparedCount: 0 };
  }
  const { tables } = await readTracesIn(
    store,
    {
      services: [...of.services],
      ...of.window,
      ...(of.ofOthers ? {} : { subject: of.subject }),
      limit: MOST_TRACES,
    },
    { ...options, maxBytes: MAX_BYTES },
  );
  const newestMs = newestOf(tables);
  return {
    names: provenNames(tables, of.subject),
    ...(newestMs === undefined ? {} : { newestMs }),
    ...clockAhead(tables, of.subject),
  };
}

/** Where spans of a clock that is ahead are. */
export function windowAfter(nowMs: number): TimeWindow {
  return { startTimeMs: nowMs + JUST_NOW_MS, endTimeMs: nowMs + ASIDE_MS };
}

/** Where spans of a clock that is behind are. */
export function windowBefore({ startTimeMs }: TimeWindow): TimeWindow {
  return {
    startTimeMs: Math.max(0, startTimeMs - ASIDE_MS),
    endTimeMs: startTimeMs,
  };
}

function newestOf(tables: readonly SpanTable[]): number | undefined {
  const starts = tables.flatMap(({ traceStartUs }) => [...traceStartUs]);
  return starts.length > 0
    ? starts.reduce((newest, start) => Math.max(newest, start), 0) / 1_000
    : undefined;
}

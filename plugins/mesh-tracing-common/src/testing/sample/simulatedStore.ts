import type { SampleAsk, SampleOutcome } from '../../traces';
import {
  HOUR_MS,
  HOUR_START_MS,
  type SimulatedTraffic,
} from './SimulatedTraffic';

/**
 * What a store sends of more than was asked for: the newest by the start of the
 * matching span (Badger, Elasticsearch), the newest by arrival (memory), or any
 * (Cassandra).
 */
export type StoreOrder = 'newest' | 'arrival' | 'any';

/** Requests that were read; columns of equal length. */
export interface ReadColumns {
  timesMs: number[];
  durationsUs: number[];
  errors: number[];
}

/** Longest time from the start of a trace until it has arrived. */
const ARRIVAL_MS = 200;

/** Newest first, at most `limit`, of the requests that start in an interval. */
function newestOf(
  traffic: SimulatedTraffic,
  { startTimeMs, endTimeMs }: { startTimeMs: number; endTimeMs: number },
  limit: number,
): ReadColumns {
  const found: ReadColumns = { timesMs: [], durationsUs: [], errors: [] };
  const cellOf = (timeMs: number) =>
    Math.floor((timeMs - HOUR_START_MS) / traffic.cellMs);
  const first = Math.max(0, cellOf(startTimeMs));
  let index = Math.min(traffic.cellCount - 1, cellOf(endTimeMs));
  for (; index >= first && found.timesMs.length < limit; index--) {
    const cell = traffic.cell(index);
    for (let i = cell.timesMs.length - 1; i >= 0; i--) {
      const timeMs = cell.timesMs[i] as number;
      if (timeMs >= startTimeMs && timeMs < endTimeMs) {
        found.timesMs.push(timeMs);
        found.durationsUs.push(cell.durationsUs[i] as number);
        found.errors.push(cell.errors[i] as number);
        if (found.timesMs.length === limit) {
          break;
        }
      }
    }
  }
  return found;
}

/**
 * Answers an ask as a walk through a store does: an answer that is not cut is
 * complete. Of one that is cut, by order of time all since its oldest is known;
 * by arrival all that is older than the longest way of a trace is not; without
 * order nothing is, and the newer half is asked for, and once more.
 */
export function answerAsk(
  traffic: SimulatedTraffic,
  ask: SampleAsk,
  order: StoreOrder,
): { outcome: SampleOutcome; requests: ReadColumns } {
  let { startTimeMs } = ask;
  const { endTimeMs, limit } = ask;
  let fetched = 0;
  for (let attempt = 0; attempt < 3; attempt++) {
    const interval = { startTimeMs, endTimeMs };
    const requests = newestOf(traffic, interval, limit);
    const { timesMs } = requests;
    fetched += timesMs.length;
    if (timesMs.length < limit) {
      return readOf(requests, interval, fetched);
    }
    const oldestMs = timesMs[timesMs.length - 1] as number;
    const sinceMs =
      order === 'newest' ? oldestMs + 0.0005 : oldestMs + ARRIVAL_MS;
    if (order !== 'any' && sinceMs < endTimeMs) {
      return readOf(requests, { startTimeMs: sinceMs, endTimeMs }, fetched);
    }
    startTimeMs = (startTimeMs + endTimeMs) / 2;
  }
  return {
    outcome: {
      traceCount: 0,
      fetchedTraceCount: fetched,
      bytes: fetched * 9_000,
    },
    requests: { timesMs: [], durationsUs: [], errors: [] },
  };
}

function readOf(
  requests: ReadColumns,
  read: { startTimeMs: number; endTimeMs: number },
  fetched: number,
): ReturnType<typeof answerAsk> {
  const traceCount = requests.timesMs.filter(
    timeMs => timeMs >= read.startTimeMs,
  ).length;
  return {
    outcome: {
      read,
      traceCount,
      fetchedTraceCount: fetched,
      bytes: fetched * 9_000,
    },
    requests,
  };
}

/** What a search for the newest traces of the hour gets. */
export function newestOfHour(
  traffic: SimulatedTraffic,
  limit: number,
): ReadColumns {
  return newestOf(
    traffic,
    { startTimeMs: HOUR_START_MS, endTimeMs: HOUR_START_MS + HOUR_MS },
    limit,
  );
}

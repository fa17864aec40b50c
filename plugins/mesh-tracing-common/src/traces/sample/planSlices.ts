import type { SampleAsk, SampleInterval } from './SamplePlan';
import {
  LEAST_MS,
  lengthOf,
  type ReadIntervals,
  totalLength,
} from './ReadIntervals';
import type { SeededRandom } from './SeededRandom';
import { trafficAt } from './trafficAt';

/**
 * Of the traces of a round the part that goes where the traffic is; the rest is
 * the same for each slice, so that quiet ones have a point on the chart too.
 */
const BY_TRAFFIC = 0.75;
/** A slice that lacks less than this share of its reads is left as it is. */
const NEARLY_ENOUGH = 0.2;
/** From this share of what is unread on, all of it is read. */
const NEARLY_ALL = 0.8;
const FEWEST = 8;
/**
 * How many times the expected traces an ask may bring. Reads that end early in a
 * burst would count it too often, so few may be cut.
 */
const ROOM = 4;
/** Reads of a slice, where there are requests for so many: more moments tell more. */
const MOST_READS = 3;

export interface SlicesPlan {
  window: SampleInterval;
  slices: SampleInterval[];
  reads: ReadIntervals;
  /** The newest part, which the search of the whole window read. */
  newest: SampleInterval | undefined;
  /** Asks for parts of slices that brought nothing, as there was more than asked for. */
  cut: SampleAsk[];
  random: SeededRandom;
  /** Traces that the answers should bring. */
  traces: number;
  requests: number;
}

interface Wanted {
  slice: number;
  gaps: SampleInterval[];
  lengthMs: number;
  traces: number;
}

/**
 * Reads of a fixed length at a random place of what each slice has unread. How
 * much a slice gets follows from the traffic around it and never from what its
 * own moments turned out to hold: reading on where little was found, or much,
 * would bend the estimate.
 */
export function planSlices(plan: SlicesPlan): SampleAsk[] {
  const wanted = affordable(wantedOf(plan), plan);
  const reads = Math.floor(plan.requests / Math.max(1, requestsOf(wanted)));
  const count = Math.max(1, Math.min(MOST_READS, reads));
  return wanted.flatMap(({ slice, gaps, lengthMs, traces }) => {
    const pieces =
      lengthMs >= NEARLY_ALL * totalLength(gaps)
        ? gaps
        : placed(gaps, { lengthMs, count, random: plan.random });
    const pieceMs = totalLength(pieces);
    return pieces.map(piece => ({
      ...piece,
      slice,
      limit: Math.max(
        FEWEST,
        Math.ceil((ROOM * traces * lengthOf(piece)) / pieceMs),
      ),
    }));
  });
}

function wantedOf(plan: SlicesPlan): Wanted[] {
  const { slices, reads, newest } = plan;
  const rateAt = trafficAt(reads.all, plan.window);
  const states = slices.map((whole, slice) => {
    const endTimeMs = newest
      ? Math.min(
          whole.endTimeMs,
          Math.max(newest.startTimeMs, whole.startTimeMs),
        )
      : whole.endTimeMs;
    const interval = { ...whole, endTimeMs };
    const rate = Math.max(
      rateAt((whole.startTimeMs + whole.endTimeMs) / 2),
      ...plan.cut
        .filter(ask => ask.slice === slice)
        .map(ask => (2 * ask.limit) / lengthOf(ask)),
    );
    const read = reads.within(interval);
    return {
      slice,
      rate,
      lengthMs: lengthOf(interval),
      readMs: totalLength(read),
      readTraces: read.reduce((sum, { traceCount }) => sum + traceCount, 0),
      gaps: reads.gaps(interval),
    };
  });
  const all = states.reduce((sum, one) => sum + one.rate * one.lengthMs, 0);
  const budget =
    plan.traces + states.reduce((sum, { readTraces }) => sum + readTraces, 0);
  const wanted = states.map(({ slice, rate, lengthMs, readMs, gaps }) => {
    const share =
      (BY_TRAFFIC * rate * lengthMs) / all + (1 - BY_TRAFFIC) / slices.length;
    const goalMs = Math.min((budget * share) / rate, lengthMs);
    const lacking = Math.min(goalMs - readMs, totalLength(gaps));
    const isEnough = lacking < Math.max(NEARLY_ENOUGH * goalMs, LEAST_MS);
    const lacksMs = isEnough ? 0 : lacking;
    return { slice, gaps, lengthMs: lacksMs, traces: lacksMs * rate };
  });
  return wanted.filter(({ lengthMs }) => lengthMs > 0);
}

/** As many of the slices as there are traces and requests for, evenly spread. */
function affordable(wanted: Wanted[], plan: SlicesPlan): Wanted[] {
  const expected = wanted.reduce((sum, { traces }) => sum + traces, 0);
  const scale = Math.min(1, plan.traces / Math.max(expected, 1));
  const requests = requestsOf(wanted);
  const most = Math.min(
    wanted.length,
    Math.floor((ROOM * plan.traces) / FEWEST),
    Math.floor((plan.requests * wanted.length) / Math.max(requests, 1)),
  );
  const phase = plan.random.next();
  const chosen =
    most >= wanted.length
      ? wanted
      : wanted.filter(
          (_, at) =>
            Math.floor(((at + 1) * most) / wanted.length + phase) >
            Math.floor((at * most) / wanted.length + phase),
        );
  return chosen.map(one => ({
    ...one,
    lengthMs: one.lengthMs * scale,
    traces: one.traces * scale,
  }));
}

/**
 * Requests of one read each. One whose place wraps around takes two; on average
 * that is its share of what is unread.
 */
function requestsOf(wanted: Wanted[]): number {
  return wanted.reduce((sum, { gaps, lengthMs }) => {
    const share = lengthMs / totalLength(gaps);
    return sum + (share < NEARLY_ALL ? 1 + share : gaps.length);
  }, 0);
}

/**
 * Stretches of some length together, evenly spaced from a random moment of the
 * gaps on, as if these were a circle: each moment is as likely to be read as any
 * other.
 */
function placed(
  gaps: SampleInterval[],
  options: { lengthMs: number; count: number; random: SeededRandom },
): SampleInterval[] {
  const allMs = totalLength(gaps);
  const phase = options.random.next();
  const lengthMs = options.lengthMs / options.count;
  const stretches = Array.from({ length: options.count }, (_, at) => {
    const end = (((at + phase) / options.count) % 1) * allMs;
    return end >= lengthMs
      ? [[end - lengthMs, end] as const]
      : [[0, end] as const, [allMs - (lengthMs - end), allMs] as const];
  }).flat();
  const pieces: SampleInterval[] = [];
  let before = 0;
  for (const gap of gaps) {
    const gapMs = lengthOf(gap);
    for (const [from, to] of stretches) {
      const first = Math.max(0, from - before);
      const last = Math.min(gapMs, to - before);
      if (last - first >= LEAST_MS) {
        pieces.push({
          startTimeMs: gap.startTimeMs + first,
          endTimeMs: gap.startTimeMs + last,
        });
      }
    }
    before += gapMs;
  }
  return pieces;
}

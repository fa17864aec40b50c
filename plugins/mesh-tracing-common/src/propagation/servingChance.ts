import { wilson } from '../latency';
import type { ClassifiedCall } from './classifyCalls';
import type { ServingChance } from './estimateShare';
import type { ServedRequests } from './ServedRequests';

/** A pod that is busy all the time says nothing about when a call was made. */
const ALWAYS_BUSY = 0.98;

/** Stretches of time that were read, microseconds since the epoch; ascending, disjoint. */
export type ReadStretches = Array<{ startUs: number; endUs: number }>;

/**
 * Of the calls that start a trace, the share that was made while serving a request.
 *
 * A call that is made for a request begins while its pod serves one, if that one is
 * traced. Any other call does so by chance: as often as the pod is busy. So of all
 * such calls `busy + serving × traced × (1 - busy)` begin within a request, which is
 * what is counted. Calls just behind the start of a stretch that was read are not
 * asked, since their request may have begun before.
 *
 * @param tracedShare - of the requests that are served, those that are traced, 0..1
 */
export function servingChance(
  starting: ClassifiedCall[],
  served: ServedRequests,
  stretches: ReadStretches,
  tracedShare: number | undefined,
): { chance: ServingChance; busyShare: number } {
  const lengthUs = stretches.reduce(
    (sum, { startUs, endUs }) => sum + endUs - startUs,
    0,
  );
  const busyOf = busyShares(served, lengthUs);
  const asked = awayFromEdges(starting, stretches, served.usualUs());
  const count = asked.length;
  const busyShare =
    count > 0
      ? asked.reduce((sum, { place }) => sum + busyOf(place), 0) / count
      : 0;
  if (count === 0) {
    return { chance: { share: 0, low: 0, high: 0 }, busyShare };
  }
  const during = asked.filter(call => call.served !== undefined).length;
  const traced = tracedShare ?? 1;
  const serving = (seen: number) =>
    busyShare >= ALWAYS_BUSY
      ? Number(seen >= busyShare)
      : clamp((seen - busyShare) / (traced * (1 - busyShare)));
  const [low, high] = wilson(during, count);
  // Without any doubt about one that was seen whole: each begins within a request,
  // or none does, and requests fill little of the time.
  return {
    busyShare,
    chance: {
      share: serving(during / count),
      low: busyShare >= ALWAYS_BUSY ? 0 : serving(low),
      high:
        tracedShare === undefined || busyShare >= ALWAYS_BUSY
          ? 1
          : serving(high),
    },
  };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function busyShares(
  served: ServedRequests,
  lengthUs: number,
): (place: number) => number {
  const known = new Map<number, number>();
  return place => {
    let share = known.get(place);
    if (share === undefined) {
      share = lengthUs > 0 ? Math.min(1, served.busyUs(place) / lengthUs) : 1;
      known.set(place, share);
    }
    return share;
  };
}

/** All of them, if none is away from the edges. */
function awayFromEdges(
  calls: ClassifiedCall[],
  stretches: ReadStretches,
  reachUs: number,
): ClassifiedCall[] {
  const starts = stretches.map(({ startUs }) => startUs);
  const away = calls.filter(({ startUs }) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= startUs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && startUs - (starts[low - 1] as number) >= reachUs;
  });
  return away.length > 0 ? away : calls;
}

import type { PageTimes } from '../workers/TraceJob';

/** A cut closer than this part of the slice to one of its ends is no help. */
const CLOSEST = 1 / 16;

/**
 * Where a slice is cut whose newest traces a full page need not be: at the median
 * of those that came, as that halves what is there; in the middle where they all
 * come from one end, which would cut off next to nothing. Whole microseconds,
 * strictly within a slice of three or more.
 */
export function splitAtUs(
  { startUs, endUs }: { startUs: number; endUs: number },
  { startUs: starts, matchUs = starts }: PageTimes,
): number {
  const inSlice = matchUs
    .filter(us => us >= startUs && us <= endUs)
    .sort((a, b) => a - b);
  const median = inSlice[Math.floor(inSlice.length / 2)];
  const margin = Math.max(1, (endUs - startUs) * CLOSEST);
  return median !== undefined &&
    median - startUs >= margin &&
    endUs - median >= margin + 1
    ? median
    : startUs + Math.floor((endUs - startUs) / 2);
}

import type { TimeWindow } from '../traces';

/** Requests of a stretch of a window, as many as are estimated. */
export interface CountedStretch {
  /** Milliseconds since the epoch. */
  startMs: number;
  count: number;
}

/**
 * Cuts a window into parts that hold about as many requests each, so that some of
 * each stand for all of them alike. The parts are the window, without gaps.
 */
export function equalParts(
  { startTimeMs, endTimeMs }: TimeWindow,
  stretches: readonly CountedStretch[],
  most: number,
): TimeWindow[] {
  const total = stretches.reduce((sum, { count }) => sum + count, 0);
  const cuts: number[] = [];
  let sinceCut = 0;
  for (const { startMs, count } of stretches) {
    const isDue = cuts.length + 1 < most && sinceCut >= total / most;
    const isWithin = startMs > startTimeMs && startMs < endTimeMs;
    if (isDue && sinceCut > 0 && isWithin) {
      cuts.push(Math.floor(startMs));
      sinceCut = 0;
    }
    sinceCut += count;
  }
  return [startTimeMs, ...cuts].map((from, i) => ({
    startTimeMs: from,
    endTimeMs: cuts[i] ?? endTimeMs,
  }));
}

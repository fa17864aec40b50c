import type { SampleInterval, SampleRead } from './SamplePlan';

/** Times are told in microseconds, so less than one is no gap. */
export const LEAST_MS = 0.001;

export function lengthOf({ startTimeMs, endTimeMs }: SampleInterval): number {
  return endTimeMs - startTimeMs;
}

export function totalLength(intervals: readonly SampleInterval[]): number {
  return intervals.reduce((sum, interval) => sum + lengthOf(interval), 0);
}

/** What of some ascending, disjoint intervals lies within another one. */
export function cropTo<T extends SampleInterval>(
  intervals: readonly T[],
  { startTimeMs, endTimeMs }: SampleInterval,
): T[] {
  return intervals
    .filter(one => one.endTimeMs > startTimeMs && one.startTimeMs < endTimeMs)
    .map(one => ({
      ...one,
      startTimeMs: Math.max(one.startTimeMs, startTimeMs),
      endTimeMs: Math.min(one.endTimeMs, endTimeMs),
    }));
}

/** What some ascending, disjoint intervals leave of another one. */
export function gapsWithin(
  intervals: readonly SampleInterval[],
  { startTimeMs, endTimeMs }: SampleInterval,
): SampleInterval[] {
  const gaps: SampleInterval[] = [];
  let at = startTimeMs;
  for (const one of intervals) {
    if (one.startTimeMs >= endTimeMs) {
      break;
    }
    if (one.startTimeMs - at >= LEAST_MS) {
      gaps.push({ startTimeMs: at, endTimeMs: one.startTimeMs });
    }
    at = Math.max(at, one.endTimeMs);
  }
  if (endTimeMs - at >= LEAST_MS) {
    gaps.push({ startTimeMs: at, endTimeMs });
  }
  return gaps;
}

/** Ascending, disjoint intervals as few: those that touch become one. */
export function joined(intervals: readonly SampleInterval[]): SampleInterval[] {
  const result: SampleInterval[] = [];
  for (const { startTimeMs, endTimeMs } of intervals) {
    const last = result[result.length - 1];
    if (last && startTimeMs - last.endTimeMs < LEAST_MS) {
      last.endTimeMs = endTimeMs;
    } else {
      result.push({ startTimeMs, endTimeMs });
    }
  }
  return result;
}

/** All that was read of a window, each moment once. */
export class ReadIntervals {
  /** Ascending and disjoint. */
  #reads: SampleRead[] = [];

  get all(): readonly SampleRead[] {
    return this.#reads;
  }

  /** Adds what was not read yet, with its share of the traces. */
  add(read: SampleRead): void {
    const length = lengthOf(read);
    const news = gapsWithin(this.#reads, read).map(gap => ({
      ...gap,
      traceCount: (read.traceCount * lengthOf(gap)) / length,
    }));
    this.#reads = [...this.#reads, ...news].sort(
      (a, b) => a.startTimeMs - b.startTimeMs,
    );
  }

  /** Of a read that is cut, traces by its share of time. */
  within(interval: SampleInterval): SampleRead[] {
    return cropTo(
      this.#reads.map(read => ({ ...read, fullMs: lengthOf(read) })),
      interval,
    ).map(({ fullMs, traceCount, startTimeMs, endTimeMs }) => ({
      startTimeMs,
      endTimeMs,
      traceCount: (traceCount * (endTimeMs - startTimeMs)) / fullMs,
    }));
  }

  gaps(interval: SampleInterval): SampleInterval[] {
    return gapsWithin(this.#reads, interval);
  }
}

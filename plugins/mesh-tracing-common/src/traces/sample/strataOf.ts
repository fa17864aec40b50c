import type { SampleInterval, SampleRead } from './SamplePlan';
import {
  cropTo,
  gapsWithin,
  joined,
  LEAST_MS,
  lengthOf,
  totalLength,
} from './ReadIntervals';
import type { SampleStratum } from './SampleStratum';

/** A slice with less than this share of what others have read counts with its neighbours. */
const TOO_LITTLE = 0.2;

/**
 * The parts of a window that a sample is weighted by. Those that failed stand by
 * themselves. Before the slices were read one by one, each read stands for the
 * time around it that is nearer to it than to others; afterwards for its slice.
 */
export function strataOf(sample: {
  window: SampleInterval;
  slices: SampleInterval[];
  reads: readonly SampleRead[];
  failed: readonly SampleInterval[];
  areSlicesRead: boolean;
}): SampleStratum[] {
  const { window, slices } = sample;
  const reads = joined(sample.reads);
  const failed = joined(unreadOf(sample.failed, reads, window));
  const known = gapsWithin(failed, window);
  const cuts =
    sample.areSlicesRead || gapsWithin(reads, window).length === 0
      ? cutsAtSlices(slices, reads, failed)
      : cutsBetween(reads);
  const parts = known.flatMap(part => cutAt(part, cuts));
  return [
    ...parts,
    ...failed.flatMap(part =>
      cutAt(
        part,
        slices.map(({ startTimeMs }) => startTimeMs),
      ),
    ),
  ]
    .sort((a, b) => a.startTimeMs - b.startTimeMs)
    .map(part => ({ ...part, read: cropTo(reads, part) }));
}

/**
 * The newest traces are no random ones of their slice: where others of it were
 * read too, they count as a part of their own.
 */
export function withNewestApart(
  strata: SampleStratum[],
  newest: SampleInterval | undefined,
): SampleStratum[] {
  const last = strata[strata.length - 1];
  const read = last?.read[last.read.length - 1];
  const isApart =
    last &&
    read &&
    newest &&
    last.read.length > 1 &&
    last.endTimeMs - read.endTimeMs < LEAST_MS &&
    read.startTimeMs >= newest.startTimeMs - LEAST_MS;
  return isApart
    ? [
        ...strata.slice(0, -1),
        {
          ...last,
          endTimeMs: read.startTimeMs,
          read: last.read.slice(0, -1),
        },
        { ...last, startTimeMs: read.startTimeMs, read: [read] },
      ]
    : strata;
}

function unreadOf(
  failed: readonly SampleInterval[],
  reads: readonly SampleInterval[],
  window: SampleInterval,
): SampleInterval[] {
  const all = [...failed].sort((a, b) => a.startTimeMs - b.startTimeMs);
  const apart: SampleInterval[] = [];
  for (const one of cropTo(all, window)) {
    const startTimeMs = Math.max(
      one.startTimeMs,
      apart[apart.length - 1]?.endTimeMs ?? -Infinity,
    );
    if (one.endTimeMs - startTimeMs >= LEAST_MS) {
      apart.push({ startTimeMs, endTimeMs: one.endTimeMs });
    }
  }
  return apart.flatMap(one => gapsWithin(reads, one));
}

function cutsBetween(reads: readonly SampleInterval[]): number[] {
  return reads
    .slice(1)
    .map(
      (read, at) =>
        ((reads[at]?.endTimeMs ?? read.startTimeMs) + read.startTimeMs) / 2,
    );
}

/** The bounds of the slices, without those between a slice that lacks reads and the next. */
function cutsAtSlices(
  slices: SampleInterval[],
  reads: readonly SampleInterval[],
  failed: readonly SampleInterval[],
): number[] {
  const shares = slices.map(slice => {
    const known = lengthOf(slice) - totalLength(cropTo(failed, slice));
    return known < LEAST_MS
      ? Infinity
      : totalLength(cropTo(reads, slice)) / known;
  });
  const sorted = shares.filter(share => share > 0).sort((a, b) => a - b);
  const least = TOO_LITTLE * (sorted[Math.floor(sorted.length / 2)] ?? 0);
  const cuts: number[] = [];
  let open = 0;
  slices.forEach((slice, at) => {
    const isEnough = (shares[at] ?? 0) >= Math.min(least, 0.99);
    if (isEnough && shares[at] !== 0) {
      cuts.push(slice.endTimeMs);
      open = cuts.length;
    }
  });
  // Slices at the end that lack reads go with the last that has some.
  return cuts.slice(0, Math.max(0, open - 1));
}

function cutAt(
  { startTimeMs, endTimeMs }: SampleInterval,
  cuts: number[],
): SampleInterval[] {
  const inside = cuts.filter(
    cut => cut - startTimeMs >= LEAST_MS && endTimeMs - cut >= LEAST_MS,
  );
  const bounds = [startTimeMs, ...inside, endTimeMs];
  return bounds.slice(1).map((bound, at) => ({
    startTimeMs: bounds[at] as number,
    endTimeMs: bound,
  }));
}

import type { PageTimes } from '../../workers/TraceJob';

/** Part of a window; whole microseconds since the epoch, both ends included. */
export interface SliceUs {
  startUs: number;
  endUs: number;
  /**
   * Whether it was cut off since nothing of it came, although the page was full.
   */
  isBeyond?: boolean;
}

/** A cut closer than this part of the slice to one of its ends is no help. */
const CLOSEST = 1 / 16;

/**
 * The halves of a slice whose newest traces a full page need not be, the newer one
 * last. It is cut at the median of those that came, as that halves what is there;
 * behind them where they leave most of it empty, which may be so; in the middle
 * where they all come from one end, as both would cut off next to nothing. The
 * older half ends a microsecond after the newer begins, for stores that count
 * finer, or leave the ends of a window out.
 *
 * @param slice - of three microseconds at least
 */
export function splitSlice(
  slice: SliceUs,
  { startUs: starts, matchUs = starts }: PageTimes,
): SliceUs[] {
  const { startUs, endUs, isBeyond } = slice;
  const came = matchUs
    .filter(us => us >= startUs && us <= endUs)
    .sort((a, b) => a - b);
  const median = came[Math.floor(came.length / 2)];
  const newest = came[came.length - 1];
  const length = endUs - startUs;
  const margin = Math.max(1, length * CLOSEST);
  if (newest !== undefined && !isBeyond && endUs - newest > length / 2 + 2) {
    return [
      { startUs, endUs: newest + 2 },
      { startUs: newest + 1, endUs, isBeyond: true },
    ];
  }
  const atUs =
    median !== undefined &&
    median - startUs >= margin &&
    endUs - median >= margin + 1
      ? median
      : startUs + Math.floor(length / 2);
  return [
    { startUs, endUs: atUs + 1 },
    { startUs: atUs, endUs },
  ];
}

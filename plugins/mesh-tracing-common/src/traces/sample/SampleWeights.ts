import { lengthOf, totalLength } from './ReadIntervals';
import { isWhole } from './sampleFactsOf';
import type { SampleInterval } from './SamplePlan';
import type { SampleStratum } from './SampleStratum';

/** A part of the window with what one of its read traces stands for. */
export interface WeighedStratum {
  stratum: SampleStratum;
  lengthMs: number;
  /** Share of it that was read, 0..1; 1 = its figures are exact. */
  readShare: number;
}

/** How many traces of a window each read one stands for. */
export class SampleWeights {
  /** By trace; 0 = it lies outside of what was read, and does not count. */
  readonly weightOf: Float64Array;
  /** Index of its stratum by trace; -1 = none. */
  readonly stratumOf: Int32Array;
  readonly strata: WeighedStratum[];
  /** Counted traces by stratum. */
  readonly traceCounts: Int32Array;

  /**
   * @param anchorsMs - by trace the moment that decides about it; NaN = none
   * @param strata - ascending and disjoint
   */
  constructor(anchorsMs: Float64Array, strata: SampleStratum[]) {
    this.strata = strata.map(stratum => ({
      stratum,
      lengthMs: lengthOf(stratum),
      readShare: isWhole(stratum)
        ? 1
        : totalLength(stratum.read) / lengthOf(stratum),
    }));
    this.weightOf = new Float64Array(anchorsMs.length);
    this.stratumOf = new Int32Array(anchorsMs.length).fill(-1);
    this.traceCounts = new Int32Array(strata.length);
    const find = finder(strata);
    const findRead = strata.map(({ read }) => finder(read));
    const endMs = strata[strata.length - 1]?.endTimeMs;
    for (let trace = 0; trace < anchorsMs.length; trace++) {
      let anchorMs = anchorsMs[trace] as number;
      // The window includes its last moment, which a part that ends there holds.
      if (anchorMs === endMs) {
        anchorMs -= 0.0005;
      }
      const at = find(anchorMs);
      const one = this.strata[at];
      if (
        one &&
        (one.readShare === 1 || (findRead[at]?.(anchorMs) ?? -1) >= 0)
      ) {
        this.weightOf[trace] = 1 / one.readShare;
        this.stratumOf[trace] = at;
        this.traceCounts[at] = (this.traceCounts[at] as number) + 1;
      }
    }
  }
}

/** Index of the interval that holds a moment, or -1; by halving. */
function finder(
  intervals: readonly SampleInterval[],
): (timeMs: number) => number {
  const starts = Float64Array.from(intervals, one => one.startTimeMs);
  const ends = Float64Array.from(intervals, one => one.endTimeMs);
  return timeMs => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && timeMs < (ends[low - 1] as number) ? low - 1 : -1;
  };
}

/**
 * One slice of a window, and what of it was read. A trace counts in the slice in
 * which the first span of the subject starts that the window holds.
 * @public
 */
export interface SampleStratum {
  /** Milliseconds since the epoch; the slice ends before `endTimeMs`. */
  startTimeMs: number;
  endTimeMs: number;
  /**
   * Parts of the slice of which every matching trace was read, ascending and
   * disjoint; one that is the whole slice makes its figures exact. Without any,
   * nothing is known of the slice.
   */
  read: Array<{ startTimeMs: number; endTimeMs: number }>;
}

/**
 * How much is read for the statistics of a window: what one round of requests
 * brings, what views want, or as much as is allowed.
 * @public
 */
export type SampleLevel = 'quick' | 'normal' | 'fine';

/** What the statistics of a window were computed from. @public */
export interface SampleFacts {
  level: SampleLevel;
  /** Whether every slice was read whole, so that the figures are no estimates. */
  isExact: boolean;
  sliceCount: number;
  /** Slices that were read whole. */
  wholeSliceCount: number;
  /** Slices of which nothing could be read; the figures say nothing of them. */
  unreadSliceCount: number;
  /** Traces that were read and counted. */
  readTraceCount: number;
  /** Traces of the window, as far as the read ones tell. */
  estimatedTraceCount: number;
  /** Share of the window's time that was read, 0..1. */
  readShare: number;
  /** Whether a finer level would read more. */
  canRefine: boolean;
}

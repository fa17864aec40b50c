import type { SampleLevel } from './SampleStratum';

/** A part of time, milliseconds since the epoch; it ends before `endTimeMs`. @public */
export interface SampleInterval {
  startTimeMs: number;
  endTimeMs: number;
}

/** A part of the window of which every matching trace was read. @public */
export interface SampleRead extends SampleInterval {
  traceCount: number;
}

/** What the sample of a window may cost at most, with what was read before. @public */
export interface SampleBudget {
  traces: number;
  bytes: number;
  requests: number;
}

/**
 * One search to be made: the newest traces with a matching span that starts in
 * the interval, at most `limit` of them.
 * @public
 */
export interface SampleAsk extends SampleInterval {
  /** Slice of the window in which the interval ends, from 0. */
  slice: number;
  limit: number;
}

/** What an ask brought. @public */
export interface SampleOutcome {
  /**
   * Part of what was asked of which every matching trace is known; the oldest
   * trace of an answer that was cut is outside. Absent when there is no such part,
   * as where a store without order had more than was asked for.
   */
  read?: SampleInterval;
  /** Matching traces that begin in `read`. */
  traceCount: number;
  /** All traces that the store sent, where those are more than `traceCount`. */
  fetchedTraceCount?: number;
  bytes: number;
  /** The store did not answer: what was asked stays unknown. */
  isFailed?: boolean;
}

/** @public */
export interface SamplePlannerOptions extends SampleInterval {
  /** Number of slices of equal length, those of the chart. */
  slices: number;
  level: SampleLevel;
  budget: SampleBudget;
  /**
   * Whether the store sends the newest traces first, so that an answer which was
   * cut still tells of the time since its oldest; true when absent.
   */
  isOrdered?: boolean;
  /** Equal seeds place equal reads. */
  seed: number;
  /** Reads of the same window at a coarser level, which count towards the budget. */
  earlier?: SampleRead[];
}

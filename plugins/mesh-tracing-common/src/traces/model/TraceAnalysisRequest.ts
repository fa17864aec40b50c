import type { TraceSubject } from './TraceSubject';

/** What to compute over a set of traces. @public */
export interface TraceAnalysisRequest {
  subject: TraceSubject;
  /** Window of the series, milliseconds since the epoch. */
  startTimeMs: number;
  endTimeMs: number;
  /** Number of slices of the series. */
  slices: number;
  /** Asks for `TraceAnalysis.spanFigures`, which take more time. */
  withSpanFigures?: boolean;
}

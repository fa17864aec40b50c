import type { SampleFacts, SampleStratum } from '../sample/SampleStratum';
import type { TraceSubject } from './TraceSubject';

/** What to compute over a set of traces. @public */
export interface TraceAnalysisRequest {
  subject: TraceSubject;
  /** Window of the series, milliseconds since the epoch. */
  startTimeMs: number;
  endTimeMs: number;
  /** Number of slices of the series. */
  slices: number;
  /**
   * Of what the traces are a sample, which gives each its weight; absent when they
   * are all there are.
   */
  strata?: SampleStratum[];
  /** What the planner of the sample tells of it, for `TraceAnalysis.sample`. */
  sample?: Pick<SampleFacts, 'level' | 'canRefine'>;
  /** Asks for `TraceAnalysis.spanFigures`, which take more time. */
  withSpanFigures?: boolean;
  /** Asks for `TraceAnalysis.propagation`, with what it is computed with. */
  withPropagation?: {
    /** Of the requests that arrive at the subject, the share that is traced, 0..1. */
    servedShare?: number;
    /** Of those that start at it, the share that its proxy traces, 0..1. */
    startedShare?: number;
  };
}

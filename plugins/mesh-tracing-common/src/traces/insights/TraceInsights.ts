import type { ErrorRootCause } from './findErrorRootCauses';
import type { RepeatedCalls } from './findRepeatedCalls';
import type { RetriedCall } from './findRetries';

/** What one trace tells at a glance. @public */
export interface TraceInsights {
  /** Deepest first. */
  errorRootCauses: ErrorRootCause[];
  /** N+1 patterns, most costly first. */
  repeatedCalls: RepeatedCalls[];
  retries: RetriedCall[];
  /** Who the trace waited for, longest first. */
  criticalPath: Array<{
    service: string;
    operation: string;
    selfUs: number;
    /** Of the whole critical path, 0..1. */
    share: number;
  }>;
  /** What a correction of clocks would move; null when they agree. Nothing was moved. */
  clockSkew: { movedSpanCount: number; largestShiftUs: number } | null;
}

import type { DependencyGraph } from '../dependencies';
import type { EstimateBounds, LatencyAnalysis, SpanFigures } from '../latency';
import type { PropagationAnalysis } from '../propagation';
import type { SampleFacts, TraceSummary } from '../traces';

/**
 * Time that one service, the subject or one that it calls, is on the critical
 * path of the analysed traces.
 * @public
 */
export interface CriticalPathShare {
  service: string;
  operation: string;
  /** Sum over the traces. */
  selfUs: number;
  traceCount: number;
  /** Of a sample: part of the time on all these paths, 0..1. */
  shareBounds?: EstimateBounds;
}

/**
 * Everything that the views derive from a set of traces, in one pass. Where the
 * traces are a sample, all counts are of what they stand for; `summaries` are of
 * those that were read.
 * @public
 */
export interface TraceAnalysis {
  traceCount: number;
  spanCount: number;
  /** Of statistics from a sample: what was read. Absent where the traces are all. */
  sample?: SampleFacts;
  /** Traces with at least one span of the subject. */
  subjectTraceCount: number;
  /** Traces whose first span belongs to the subject: it decided about sampling. */
  rootedTraceCount: number;
  /** Of a sample, traces with a failed span, and failed spans; absent otherwise. */
  failedTraceCount?: number;
  errorSpanCount?: number;
  summaries: TraceSummary[];
  latency: LatencyAnalysis;
  dependencies: DependencyGraph;
  criticalPath: CriticalPathShare[];
  /** Time on the same paths of the subject's callers and of what else they call. */
  criticalPathElsewhereUs?: number;
  /** Of all spans, whosever they are; where the request asks for them. */
  spanFigures?: SpanFigures;
  /** Whether calls join the traces that they belong to; where the request asks for it. */
  propagation?: PropagationAnalysis;
}

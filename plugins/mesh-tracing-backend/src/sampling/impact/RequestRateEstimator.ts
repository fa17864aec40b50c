import type {
  EffectiveTracing,
  EstimateBounds,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';

/** How busy a workload is, as far as traces that begin there are concerned. */
export interface RequestRateEstimate {
  /** Requests whose sampling is decided at this workload. */
  requestsPerSecond: number;
  /** At 95 % confidence, where only a sample of the traces was read. */
  requestsPerSecondBounds?: EstimateBounds;
  spansPerTrace: number;
  bytesPerSpan: number;
  /** How the numbers were obtained, one sentence for people. */
  assumption: string;
  /**
   * True where some of these requests may be decided elsewhere: such a figure
   * can't be added to others, which may count the same requests.
   */
  upperBound?: boolean;
  /**
   * True where the figure is an upper bound because traces could not be read.
   */
  tracesUnread?: boolean;
}

/** Estimates how many requests a sampling percentage would apply to. */
export interface RequestRateEstimator {
  /** Null where nothing is known of the workload's requests. */
  estimate(
    context: EntityContext,
    workload: Workload,
    inForce: EffectiveTracing,
  ): Promise<RequestRateEstimate | null>;
  /**
   * Traces that were seen at a workload lately; null where nothing can be said.
   *
   * @throws what the trace store throws
   */
  observe?(
    context: EntityContext,
    workload: Workload,
  ): Promise<ObservedTraces | null>;
}

/** Traces of a window, as a trace store shows them. */
export interface ObservedTraces {
  /** Traces with a span of the workload. */
  traces: number;
  /** Traces whose first span belongs to the workload. */
  rootTraces: number;
  /** Spans of those traces. */
  spans: number;
  windowMs: number;
  /** False when the window holds more traces than were counted. */
  complete: boolean;
  /**
   * Where those were chosen from all of the window: how many traces began at the
   * workload in all of it, as far as they tell. Absent where the traces are all, or
   * the newest.
   */
  estimatedRootTraces?: EstimateBounds & { count: number };
  /** For traces that did not begin here, how many began at which service. */
  beganAt?: Array<{ service: string; traces: number }>;
}

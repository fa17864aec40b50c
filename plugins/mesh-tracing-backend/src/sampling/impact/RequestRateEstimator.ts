import type {
  EffectiveTracing,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';

/** How busy a workload is, as far as traces that begin there are concerned. */
export interface RequestRateEstimate {
  /** Requests whose sampling is decided at this workload. */
  requestsPerSecond: number;
  spansPerTrace: number;
  bytesPerSpan: number;
  /** How the numbers were obtained, one sentence for people. */
  assumption: string;
  /** True where some of the requests may begin elsewhere: no part of a sum. */
  upperBound?: boolean;
  /** True where it is one since traces could not be read. */
  tracesUnread?: boolean;
}

/** Estimates how many requests a sampling percentage would apply to. */
export interface RequestRateEstimator {
  /** Null where it can't be said. */
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
  /** The services where those of the traces began that did not begin here. */
  beganAt?: Array<{ service: string; traces: number }>;
}

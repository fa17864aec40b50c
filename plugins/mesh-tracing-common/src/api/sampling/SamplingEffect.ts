/** Traces of a workload in a window, as a trace store shows them. @public */
export interface TracesSeen {
  /** With a span of the workload. */
  traces: number;
  /** Of those, the ones that began at the workload. */
  began: number;
  /** False when the window holds more traces than were read. */
  complete: boolean;
  /**
   * True where the read ones were chosen from all of the window; absent where they
   * are all there are, or the newest.
   */
  isSample?: boolean;
}

/** Where traces begin that pass through a workload. @public */
export interface FirstHop {
  /** Name of the service in traces. */
  service: string;
  /** How many of the traces seen began there. */
  traces: number;
  /** The entity that stands for it; absent where none does that the caller may see. */
  entityRef?: string;
  ownerRefs: string[];
}

/**
 * What becomes of the number of traces that begin at a workload. `none-start`:
 * traces were seen, and none began there. `more-if-any` and `fewer-if-any`: whether
 * any request starts there is not known.
 * @public
 */
export type StartedHere =
  | 'unchanged'
  | 'more'
  | 'fewer'
  | 'none-start'
  | 'more-if-any'
  | 'fewer-if-any';

/**
 * What becomes of the workload's part of traces that were begun and sampled
 * elsewhere. `kept`: all of it stays. `decided-again`: it stays where
 * `x-request-id` arrives with the decision of the proxy before, and otherwise by
 * this workload's own percentage. `not-traced`: no span is sent.
 * @public
 */
export type StartedElsewhere = 'kept' | 'decided-again' | 'not-traced';

/** What a change of tracing does at one workload. @public */
export interface SamplingEffect {
  /** Percent of the requests that start here and are traced, as Envoy applies it. */
  beforePercent: number;
  afterPercent: number;
  startedHere: StartedHere;
  startedElsewhere: StartedElsewhere;
  /**
   * Percent of the traces begun and sampled elsewhere that keep their spans from
   * here on although `x-request-id` does not bring the decision.
   */
  keptBeforePercent: number;
  keptAfterPercent: number;
  /** True where no trace gains or loses a span by it. */
  samplingWithoutEffect: boolean;
  /** `not-shown`: they change, on a workload that sends no spans. */
  tags: 'unchanged' | 'on-new-spans' | 'not-shown';
  /** Null where nothing could be observed. */
  seen: TracesSeen | null;
  /** Most traces first; empty where it is not known. */
  firstHops: FirstHop[];
}

/** A period that returns regularly, as a nightly job does, only more often. */
export interface Phase {
  everyMs: number;
  lastsMs: number;
  /** Since the epoch. */
  offsetMs: number;
}

/** A request to another service. */
export interface CallStep {
  kind: 'call';
  service: string;
  endpoint: string;
  /** Lowest and highest number of calls, one after the other; one when absent. */
  times?: readonly [number, number];
  /** Probability that the call is made at all, 0 to 1; always when absent. */
  chance?: number;
  /** The caller goes on without an answer. */
  isOptional?: boolean;
  /** Further attempts that the caller's sidecar makes after a failure. */
  proxyRetries?: number;
  /** Further calls that the caller's own code makes after a failure. */
  applicationRetries?: number;
}

/** Steps that run at the same time. */
export interface ParallelStep {
  kind: 'parallel';
  steps: readonly CallStep[];
}

/** A database query, reported by the application's own OpenTelemetry SDK. */
export interface QueryStep {
  kind: 'query';
  operation: string;
  system: string;
  server: string;
  statement: string;
  medianUs: number;
  /** Probability of the slow plan, 0 to 1. */
  slowChance: number;
  /** Probability in the phase in which statistics are out of date. */
  slowChanceInPhase: number;
  phase: Phase;
  slowMedianUs: number;
}

export type Step = CallStep | ParallelStep | QueryStep;

/** How one kind of request to a service is answered. */
export interface EndpointBehaviour {
  method: string;
  /** Paths that occur, query included. */
  paths: readonly string[];
  /** Own work, without waiting for others. */
  medianUs: number;
  /** Spread of the log-normal distribution; 0.35 when absent. */
  sigma?: number;
  /** Answers other than 200, with their probability, 0 to 1. */
  failures?: ReadonlyArray<{ status: number; chance: number }>;
  responseBytes: number;
  steps?: readonly Step[];
}

/** Attempts that fail because the service has no room left. */
export interface Overload {
  phase: Phase;
  /** Probability that an attempt fails, 0 to 1. */
  chance: number;
  chanceInPhase: number;
}

/** One set of pods behind a service. */
export interface Backend {
  /** `namespace/name` of the workload. */
  workload: string;
  /** Share of the requests, in proportion. */
  weight: number;
  /** Factor on the time of own work. */
  slowness?: number;
  /** Probability of an additional 500, 0 to 1. */
  errorChance?: number;
}

/** A service and how it behaves. */
export interface ServiceBehaviour {
  host: string;
  port: number;
  /** None: outside the mesh, only the caller's span exists. */
  backends: readonly Backend[];
  /**
   * Which tracing headers the application copies from an incoming request to
   * its own calls. An application that copies none starts a new trace with
   * each call.
   */
  forwardsHeaders: boolean;
  overload?: Overload;
  endpoints: Readonly<Record<string, EndpointBehaviour>>;
}

/** Where requests come from. */
export interface TrafficSource {
  /** Requests per second on average. */
  weight: number;
  /** `client`: outside the mesh, straight to the service's pods. */
  from:
    | { kind: 'client' }
    | { kind: 'gateway'; workload: string; host: string }
    | { kind: 'workload'; workload: string };
  userAgents: readonly string[];
  calls: ReadonlyArray<{ weight: number; service: string; endpoint: string }>;
}

/** A mesh's traffic. */
export interface MeshBehaviour {
  services: Readonly<Record<string, ServiceBehaviour>>;
  sources: readonly TrafficSource[];
}

/** Whether a phase is on. */
export function isInPhase(phase: Phase, timeMs: number): boolean {
  return (timeMs - phase.offsetMs) % phase.everyMs < phase.lastsMs;
}

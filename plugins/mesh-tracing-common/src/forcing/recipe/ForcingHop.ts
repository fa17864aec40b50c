import type { SpanReporting } from '../../tracing';
import type { WorkloadRef } from '../../workloads';

/**
 * The proxy that meets a request first. `gateway`: one in front of the mesh;
 * `waypoint`: the one before a service of the ambient mesh; `service`: the workload's
 * own proxy.
 * @public
 */
export type ForcingHopKind = 'gateway' | 'waypoint' | 'service';

/**
 * The headers by which a proxy continues a trace with a given id and records it.
 * `w3c`: `traceparent` with the sampled flag and `x-client-trace-id`, for
 * OpenTelemetry. `b3`: B3 with its sampled flag, for Zipkin.
 * @public
 */
export type ForcingHeaders = 'w3c' | 'b3';

/**
 * Why no header has a request traced at a hop under an id that is known before.
 * `provider-without-recipe`: the tracer reads ids of its own form only and reports to
 * a system of its own.
 * @public
 */
export type ForcingRefusal =
  | 'no-proxy'
  | 'provider-without-recipe'
  | Exclude<SpanReporting, 'reported'>;

/**
 * What to know of a recipe. `sampler-decides`: the provider has a sampler of its own,
 * which has the last word. `later-hops-decide-again`: behind a service that does not
 * pass on `x-request-id` the trace breaks off, where Envoy is 1.39 or newer.
 * `no-context-onwards`: this proxy passes no trace context on. `entity-sends-no-spans`:
 * the trace will have no span of the entity. `leads-there-unknown`: whether the gateway
 * leads to the entity is not known. `port-forward-passes-by`: a port that `kubectl`
 * forwards leads past the proxy.
 * @public
 */
export type ForcingNote =
  | 'sampler-decides'
  | 'later-hops-decide-again'
  | 'no-context-onwards'
  | 'entity-sends-no-spans'
  | 'leads-there-unknown'
  | 'port-forward-passes-by';

/** A place to send one request to, and what makes it traced there. @public */
export interface ForcingHop {
  kind: ForcingHopKind;
  /** Whose proxy it is. */
  workload: WorkloadRef;
  /** Null where nothing works; `refusal` then says why. */
  headers: ForcingHeaders | null;
  refusal?: ForcingRefusal;
  /** Name and kind of the provider in force, where there is one. */
  provider?: { name: string; kind: string };
  /** Percent of requests that are sampled there without a recipe. */
  samplingPercent?: number;
  /** Address inside the cluster; absent where it is not known. */
  url?: string;
  notes: ForcingNote[];
}

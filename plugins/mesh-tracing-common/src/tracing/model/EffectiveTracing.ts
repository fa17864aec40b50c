import type { WaypointRoute } from '../../workloads';
import type { Finding } from '../../shared/Finding';
import type { CustomTag } from '../../meshconfig';

/** How near to the workload a Telemetry stands; nearer overrides. @public */
export type TelemetryLevel =
  | 'root'
  | 'namespace'
  | 'service-namespace'
  | 'workload';

/** Where an effective value comes from. @public */
export type TracingSource =
  | { kind: 'built-in-default' }
  | { kind: 'mesh-default-provider'; provider: string }
  | {
      kind: 'telemetry';
      namespace: string;
      name: string;
      /** Index in `spec.tracing`. */
      entry: number;
      level: TelemetryLevel;
    }
  | { kind: 'proxy-config'; origin: 'pod' | 'mesh-default-config' }
  | {
      kind: 'istiod-environment';
      variable: 'PILOT_TRACE_SAMPLING';
      /** True when istiod's environment could not be read. */
      assumed: boolean;
    }
  | { kind: 'provider-sampler'; provider: string }
  | { kind: 'provider'; provider: string }
  | { kind: 'mesh-config'; field: string };

/** A value, where it comes from, and what it replaced, nearest first. @public */
export interface Sourced<T> {
  value: T;
  source: TracingSource;
  shadowed: Array<{ value: T; source: TracingSource }>;
}

/** A tracing provider as the mesh config defines it. @public */
export interface TracingProvider {
  /** As written in the mesh config. */
  name: string;
  /** `opentelemetry`, `zipkin`, `datadog`, `skywalking`, `lightstep`, `prometheus` … */
  kind: string;
  canTrace: boolean;
  /** `[namespace/]host` of its collector. */
  service?: string;
  port?: number;
  /** Characters of the path in `http.url`, see `EffectiveTracingSide`. */
  maxTagLength?: number;
  /**
   * Detectors that add attributes to the resource of the spans, such as
   * `environment` (`OTEL_RESOURCE_ATTRIBUTES` of the proxy container).
   */
  resourceDetectors?: string[];
}

/**
 * Whether a proxy's spans leave it, and if they don't, why. `tracing-disabled`:
 * the mesh config's enableTracing is false; `no-tracer`: listeners get a tracing
 * configuration, but on the legacy path Envoy traces with the tracer of the
 * pod's bootstrap, and there is none.
 * @public
 */
export type SpanReporting =
  | 'reported'
  | 'reporting-disabled'
  | 'no-provider'
  | 'provider-unusable'
  | 'tracing-disabled'
  | 'no-tracer';

/** Effective tracing of one side of one workload. @public */
export interface EffectiveTracingSide {
  /** Whether the proxy's listeners get a tracing configuration. */
  enabled: Sourced<boolean>;
  spanReporting: SpanReporting;
  provider: Sourced<TracingProvider | null>;
  /** Percent as configured, unrounded. */
  samplingPercent: Sourced<number>;
  /**
   * Parts per 10,000 as Envoy applies them: truncated, 0 below 0.01 %
   * (Envoy: FractionalPercent from the HTTP connection manager).
   */
  samplingParts: number;
  /** Custom tags as istiod sends them; formatter tags dropped for old proxies. */
  customTags: Sourced<Record<string, CustomTag>>;
  istioTags: Sourced<boolean>;
  useRequestId: Sourced<boolean>;
  disableContextPropagation: Sourced<boolean>;
  /**
   * Characters after which the path in `http.url` is cut; no other tag is
   * (Istio: tracing.go writes it to Envoy's `max_path_tag_length`, 256 unless set).
   */
  maxTagLength: Sourced<number>;
  /** Envoy's tracer extension; null = the tracer of the proxy's bootstrap, if any. */
  tracer?: string | null;
  /** The proxy starts a separate span for the upstream request. */
  spawnUpstreamSpan?: boolean;
}

/** A Telemetry that could be thought to apply and does not. @public */
export interface IgnoredTelemetry {
  namespace: string;
  name: string;
  reason: IgnoredReason;
  /** One sentence for people. */
  explanation: string;
}

/** Why a Telemetry has no part in the result. @public */
export type IgnoredReason =
  | 'older-namespace-wide'
  | 'selector-does-not-match'
  | 'target-refs-on-sidecar'
  | 'target-ref-does-not-match'
  | 'selector-on-waypoint'
  | 'selector-on-gateway-disabled'
  | 'root-namespace-selector'
  | 'outside-current-namespace'
  | 'other-revision'
  | 'no-tracing'
  | 'mode-without-effect'
  | 'malformed';

/** The side of a proxy: outbound listeners (client) or inbound ones (server). @public */
export type TracingSide = 'client' | 'server';

/** A way of requests to a workload, and how they are traced on it. @public */
export interface AmbientRoute extends WaypointRoute {
  /**
   * Tracing on this way where it is not that of the workload as a whole: its
   * waypoint's, for the service that is addressed.
   */
  server?: EffectiveTracingSide;
}

/**
 * How requests to a workload without a proxy of its own are traced. ztunnel carries
 * them and makes no spans; a waypoint that they pass makes them.
 * @public
 */
export interface AmbientTracing {
  /** Whether ztunnel captures the workload's traffic. */
  captured: boolean;
  /** The one that speaks for the workload first. */
  routes: AmbientRoute[];
}

/** Effective tracing of one workload, with provenance. @public */
export interface EffectiveTracing {
  /**
   * `telemetry`: Telemetries or a default provider decide.
   * `legacy`: none do; `enableTracing` and ProxyConfig decide, the bootstrap's
   * tracer is used. `none`: neither the workload nor anything before it has a proxy
   * that could trace.
   */
  path: 'telemetry' | 'legacy' | 'none';
  /** Sides that exist for this kind of proxy; gateways client, waypoints server. */
  client?: EffectiveTracingSide;
  server?: EffectiveTracingSide;
  /** Telemetries that take part, in the order they are applied. */
  chain: Array<{ namespace: string; name: string; level: TelemetryLevel }>;
  ignored: IgnoredTelemetry[];
  findings: Finding[];
  /**
   * Of a workload in the ambient mesh that has no proxy of its own: the sides are
   * then those of its waypoint.
   */
  ambient?: AmbientTracing;
}

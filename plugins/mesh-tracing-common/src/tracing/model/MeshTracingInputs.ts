import type {
  SidecarEgress,
  TracingEnvoyFilter,
} from '../customisations/model';
import type { MeshConfig, ProxyConfig } from '../../meshconfig';
import type { Telemetry } from '../telemetry/Telemetry';

/** The proxy that is asked about, as istiod sees it. @public */
export interface TracingProxy {
  kind: 'sidecar' | 'gateway' | 'waypoint';
  namespace: string;
  /** Pod labels as istiod sees them. */
  labels: Record<string, string>;
  /** Istio version of the proxy, `MAJOR.MINOR.PATCH`; unknown = newest known. */
  version?: string;
  /** As the proxy reports it; absent = the mesh's `defaultConfig` applies. */
  proxyConfig?: ProxyConfig;
  meshId?: string;
  clusterId?: string;
  /** Names of the proxy container's environment variables; absent = unknown. */
  environment?: readonly string[];
  /**
   * Share of this proxy's recent spans that have no parent, 0 to 1: how often
   * it is the first to decide. Absent = not measured.
   */
  rootSpanShare?: number;
}

/** For a waypoint: the service whose traffic the listener handles. @public */
export interface TracingService {
  name: string;
  namespace: string;
  /** Name of the Kubernetes object that target refs are compared with; absent = `name`. */
  objectName?: string;
  registry: 'Kubernetes' | 'External';
  hostname?: string;
}

/** What is known of istiod; each field may be unreadable, then absent. @public */
export interface Istiod {
  /** `MAJOR.MINOR.PATCH`. */
  version?: string;
  /** Empty or absent = accepts every revision label. */
  revision?: string;
  /** Parsed `PILOT_TRACE_SAMPLING`, percent; undefined = not set. */
  traceSamplingPercent?: number;
  /** False when istiod's environment could not be read: defaults are assumed. */
  environmentKnown: boolean;
  /** `ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY`; true when absent. */
  selectorBasedGatewayPolicy?: boolean;
  /**
   * `PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY` of Istio 1.26 to 1.30; absent =
   * the release's default. Newer releases always start that span.
   */
  spawnUpstreamSpanForGateway?: boolean;
}

/** What all workloads of one cluster share when tracing is resolved. @public */
export interface MeshTracingInputs {
  meshConfig: MeshConfig;
  /** False when the mesh config could not be read: defaults are assumed. */
  meshConfigKnown: boolean;
  /** All Telemetries that istiod may see, in any order. */
  telemetries: Telemetry[];
  istiod: Istiod;
  /** `host:port` of services istiod knows; undefined = unknown, all are assumed to exist. */
  knownServices?: ReadonlySet<string>;
  /** All Sidecar resources; absent = unknown, none are assumed. */
  sidecars?: readonly SidecarEgress[];
  /** EnvoyFilters that concern tracing; absent = unknown, none are assumed. */
  envoyFilters?: readonly TracingEnvoyFilter[];
}

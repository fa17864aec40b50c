import type { ProxyConfig } from '../../meshconfig';
import type { WaypointRoute } from '../ambient/WaypointRoute';

/** What sits beside or in front of a workload. @public */
export type ProxyKind = 'sidecar' | 'gateway' | 'waypoint' | 'none';

/** Identifies a workload over all clusters. @public */
export interface WorkloadRef {
  cluster: string;
  namespace: string;
  /** Kubernetes kind of the owner: Deployment, StatefulSet, Rollout, Pod … */
  kind: string;
  name: string;
}

/** One pod of a workload, as far as tracing depends on it. @public */
export interface WorkloadPod {
  name: string;
  labels: Record<string, string>;
  ready: boolean;
  /** What sits beside it; absent = unknown. */
  proxy?: ProxyKind;
  /** When it was created, milliseconds since the epoch; absent = unknown. */
  createdAtMs?: number;
  /** Istio revision that it was injected by. */
  revision?: string;
  /** Present on a pod in the network of its node, which Istio leaves alone. */
  hostNetwork?: true;
  /** `sidecar.istio.io/inject` as the pod says it: its label, else its annotation. */
  inject?: string;
  /** Whether ztunnel captures it; absent where its namespace decides. */
  ambient?: boolean;
  /** Version of the pod's proxy, such as `1.31.0`, from its image tag. */
  proxyVersion?: string;
  /** The ProxyConfig of the pod's `istio-proxy` container (`PROXY_CONFIG`). */
  proxyConfig?: ProxyConfig;
  /** Names of the environment variables of the pod's `istio-proxy` container. */
  proxyEnvironment?: string[];
}

/**
 * What istiod attaches a Telemetry to: the pods of one owner in one namespace
 * of one cluster.
 * @public
 */
export interface Workload extends WorkloadRef {
  /** Istio's own id of the cluster, `istio.cluster_id` of spans; absent = unknown. */
  clusterId?: string;
  /** Labels that all pods of the workload share, less `pod-template-hash`. */
  labels: Record<string, string>;
  /** Labels of the owner object itself. */
  ownerLabels: Record<string, string>;
  annotations: Record<string, string>;
  proxy: ProxyKind;
  /**
   * True without a proxy of its own, but captured by ztunnel: it is in the mesh,
   * and a waypoint, not a sidecar, makes the spans of its requests.
   */
  ambient?: true;
  /**
   * Of a workload without a proxy of its own: the ways that requests take to it,
   * the one that speaks for it first. Absent where ambient mode has no part in it.
   */
  routes?: WorkloadRoute[];
  /** Lowest proxy version among the pods, `MAJOR.MINOR.PATCH`. */
  proxyVersion?: string;
  /** ProxyConfig as reported; absent = the mesh's `defaultConfig` applies. */
  proxyConfig?: ProxyConfig;
  /** Istio revision that the pods were injected by. */
  revision?: string;
  /** Service names that the application's own tracing SDK is told to use. */
  sdkServiceNames?: string[];
  pods: WorkloadPod[];
}

/** A way of requests to a workload, and who traces them on it. @public */
export interface WorkloadRoute extends WaypointRoute {
  /** The waypoint's own workload; absent where it is none of the cluster's. */
  proxy?: Workload;
}

/** `cluster/namespace/kind/name`, as in the `meshtracing.io/workloads` annotation. @public */
export function formatWorkloadRef(ref: WorkloadRef): string {
  return `${ref.cluster}/${ref.namespace}/${ref.kind}/${ref.name}`;
}

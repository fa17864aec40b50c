/** Explicit list `cluster/namespace/kind/name`, comma separated, cluster optional. @public */
export const ANNOTATION_WORKLOADS = 'meshtracing.io/workloads';
/** Pods by label selector. @public */
export const ANNOTATION_LABEL_SELECTOR = 'meshtracing.io/label-selector';
/** Narrows the selector to a namespace. @public */
export const ANNOTATION_NAMESPACE = 'meshtracing.io/namespace';
/** Narrows the selector to a cluster. @public */
export const ANNOTATION_CLUSTER = 'meshtracing.io/cluster';
/** Trace service names, comma separated, when the computed ones do not fit. @public */
export const ANNOTATION_SERVICE_NAMES = 'meshtracing.io/service-names';
/** Name of the configured trace store. @public */
export const ANNOTATION_TRACE_STORE = 'meshtracing.io/trace-store';
/** The Kubernetes plugin's annotations, with the same meaning and precedence. @public */
export const KUBERNETES_ANNOTATIONS = {
  id: 'backstage.io/kubernetes-id',
  labelSelector: 'backstage.io/kubernetes-label-selector',
  namespace: 'backstage.io/kubernetes-namespace',
  cluster: 'backstage.io/kubernetes-cluster',
} as const;
/** The community Jaeger plugin's annotations. @public */
export const JAEGER_ANNOTATIONS = {
  service: 'jaegertracing.io/service',
  operation: 'jaegertracing.io/operation',
  lookback: 'jaegertracing.io/lookback',
  limit: 'jaegertracing.io/limit',
} as const;
/** Any of them may lead from an entity to workloads, or to traces. @public */
export const MAPPING_ANNOTATIONS: readonly string[] = [
  ANNOTATION_WORKLOADS,
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_SERVICE_NAMES,
  KUBERNETES_ANNOTATIONS.id,
  KUBERNETES_ANNOTATIONS.labelSelector,
  JAEGER_ANNOTATIONS.service,
];

/** Marks a Telemetry as the portal's own. @public */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
/** Value of the managed-by label on overrides. @public */
export const MANAGED_BY_VALUE = 'mesh-tracing';
/** On a Namespace: whether a repository holds its Telemetries, and by which tool. @public */
export const ANNOTATION_GITOPS = 'meshtracing.io/gitops';
/** On a workload or its Namespace: entity refs of who may stand for it, comma separated. @public */
export const ANNOTATION_OWNERS = 'meshtracing.io/owners';
/** Annotations that an override carries. @public */
export const OVERRIDE_ANNOTATIONS = {
  entity: 'meshtracing.io/entity',
  changedBy: 'meshtracing.io/changed-by',
  reason: 'meshtracing.io/reason',
  /** RFC 3339 in UTC; absent on a permanent override. */
  expiresAt: 'meshtracing.io/expires-at',
  /** The workload that the override is for, `Kind/name`. */
  workload: 'meshtracing.io/workload',
  /** Id of the change that wrote this version; ties the object to the history. */
  change: 'meshtracing.io/change',
} as const;
/**
 * On a Telemetry: a collector decides which traces are kept, so that 100 % is meant.
 * Its value is free, such as the name of the collector.
 * @public
 */
export const ANNOTATION_TAIL_SAMPLING = 'meshtracing.io/tail-sampling';
/**
 * On an entity: the share of failing requests that its team wants to notice, such as
 * `0.1%`.
 * @public
 */
export const ANNOTATION_ERROR_OBJECTIVE = 'meshtracing.io/error-objective';

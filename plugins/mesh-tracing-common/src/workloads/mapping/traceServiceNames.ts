import {
  ANNOTATION_SERVICE_NAMES,
  JAEGER_ANNOTATIONS,
} from '../../shared/annotations';
import {
  type MeshConfig,
  type MeshReading,
  type ProxyNaming,
  readMeshConfig,
  readReportedNaming,
} from '../../meshconfig';
import { proxiesOf } from '../ambient/proxiesOf';
import { canonicalServiceOf } from '../model/canonicalService';
import type { Workload } from '../model/Workload';
import { parseServiceNames } from './parseServiceNames';

/** A name under which spans of a workload may be found, and why. @public */
export interface TraceServiceNameCandidate {
  name: string;
  reason: string;
  /**
   * True for the name of a waypoint, under which there are spans about others, too:
   * only what a span says of whom it served tells whose it is.
   */
  shared?: true;
}

const CANONICAL_NAME = 'service.istio.io/canonical-name';
const KUBERNETES_NAME = 'app.kubernetes.io/name';
const KUBERNETES_INSTANCE = 'app.kubernetes.io/instance';
const OTEL_NAME_ANNOTATION = 'resource.opentelemetry.io/service.name';
const DEFAULT_SERVICE_CLUSTER = 'istio-proxy';

type Labels = Record<string, string>;

/**
 * The names under which spans of a workload may appear in the trace store, the
 * likeliest first, each once.
 *
 * `meshtracing.io/service-names` replaces what is computed;
 * `jaegertracing.io/service` comes before it. Computed are the name that
 * istiod gives the proxy (its service cluster, see Istio's
 * `tracingServiceName`), the one of OpenTelemetry's semantic conventions where
 * a provider asks for it, and the names an application's own SDK usually has.
 *
 * @param meshConfig - undefined when it could not be read: defaults are assumed
 * @param entityAnnotations - `metadata.annotations` of the catalog entity
 * @public
 */
export function traceServiceNameCandidates(
  workload: Workload,
  meshConfig: MeshConfig | undefined,
  entityAnnotations: Record<string, string> = {},
): TraceServiceNameCandidate[] {
  const given = parseServiceNames(entityAnnotations[ANNOTATION_SERVICE_NAMES]);
  if (given.length > 0) {
    return unique(
      given.map(name => ({
        name,
        reason: `Annotation ${ANNOTATION_SERVICE_NAMES}`,
      })),
    );
  }
  const [jaegerName] = parseServiceNames(
    entityAnnotations[JAEGER_ANNOTATIONS.service],
  );
  return unique([
    ...(jaegerName
      ? [
          {
            name: jaegerName,
            reason: `Annotation ${JAEGER_ANNOTATIONS.service}`,
          },
        ]
      : []),
    ...proxyNames(workload, readMeshConfig(meshConfig)),
    ...sdkNames(workload),
    ...waypointNames(workload, readMeshConfig(meshConfig)),
  ]);
}

function unique(
  candidates: TraceServiceNameCandidate[],
): TraceServiceNameCandidate[] {
  const byName = new Map<string, TraceServiceNameCandidate>();
  for (const candidate of candidates) {
    if (candidate.name && !byName.has(candidate.name)) {
      byName.set(candidate.name, candidate);
    }
  }
  return [...byName.values()];
}

function proxyNames(
  workload: Workload,
  mesh: MeshReading,
): TraceServiceNameCandidate[] {
  if (workload.proxy === 'none') {
    return [];
  }
  const config = workload.proxyConfig
    ? readReportedNaming(workload.proxyConfig)
    : mesh.defaultProxyNaming;
  // During a rollout pods of one workload may differ in the labels that count.
  const labelSets: Labels[] =
    workload.pods.length > 0
      ? workload.pods.map(({ labels }) => labels)
      : [workload.labels];
  return [
    ...labelSets.map(labels => serviceCluster(workload, labels, config)),
    ...(mesh.providers.some(({ semanticConventions }) => semanticConventions)
      ? labelSets.map(labels => conventionalName(workload, labels))
      : []),
    ...(workload.proxy === 'sidecar'
      ? []
      : [
          {
            name: `${workload.name}.${workload.namespace}`,
            reason: `Istio: name and namespace of the ${workload.proxy}`,
          },
        ]),
  ];
}

/**
 * Names of the spans that waypoints make of requests to the workload. Istio 1.28
 * and 1.29 name them after the host of the service that was addressed.
 */
function waypointNames(
  workload: Workload,
  mesh: MeshReading,
): TraceServiceNameCandidate[] {
  if (workload.proxy !== 'none') {
    return [];
  }
  const names = proxiesOf(workload).flatMap(waypoint =>
    proxyNames(waypoint, mesh).map(({ name }) => ({
      name,
      reason: `Istio: waypoint ${waypoint.namespace}/${waypoint.name}`,
    })),
  );
  const hosts = (workload.routes ?? []).flatMap(({ state, hostname, proxy }) =>
    state === 'waypoint' &&
    hostname !== undefined &&
    /^1\.2[89]\./.test(proxy?.proxyVersion ?? '')
      ? [{ name: hostname, reason: 'Istio 1.28 and 1.29: host of the service' }]
      : [],
  );
  return [...names, ...hosts].map(name => ({ ...name, shared: true as const }));
}

/** Istio's rule for the proxy's service cluster. */
function serviceCluster(
  workload: Workload,
  labels: Labels,
  config: ProxyNaming,
): TraceServiceNameCandidate {
  const explicit = config.serviceCluster;
  if (explicit && explicit !== DEFAULT_SERVICE_CLUSTER) {
    return { name: explicit, reason: 'Istio: serviceCluster of the proxy' };
  }
  const canonical = canonicalServiceOf(labels, workload.name).name;
  switch (config.tracingServiceName) {
    case 'CANONICAL_NAME_ONLY':
      return { name: canonical, reason: 'Istio: canonical name' };
    case 'CANONICAL_NAME_AND_NAMESPACE':
      return {
        name: `${canonical}.${workload.namespace}`,
        reason: 'Istio: canonical name and namespace',
      };
    default:
      return appAndNamespace(workload, labels);
  }
}

function appAndNamespace(
  workload: Workload,
  labels: Labels,
): TraceServiceNameCandidate {
  const key = ['app', KUBERNETES_NAME, CANONICAL_NAME].find(
    label => labels[label],
  );
  const name = (key && labels[key]) || workload.name || DEFAULT_SERVICE_CLUSTER;
  return {
    name: `${name}.${workload.namespace}`,
    reason: key
      ? `Istio: label ${key} and namespace`
      : 'Istio: workload name and namespace',
  };
}

/** Istio 1.30 and newer, `serviceAttributeEnrichment: OTEL_SEMANTIC_CONVENTIONS`. */
function conventionalName(
  workload: Workload,
  labels: Labels,
): TraceServiceNameCandidate {
  return {
    name:
      workload.annotations[OTEL_NAME_ANNOTATION] ||
      labels[KUBERNETES_INSTANCE] ||
      labels[KUBERNETES_NAME] ||
      workload.name,
    reason: 'Istio: OpenTelemetry semantic conventions',
  };
}

function sdkNames(workload: Workload): TraceServiceNameCandidate[] {
  const { labels, annotations } = workload;
  const fromLabels = [
    ['annotation', OTEL_NAME_ANNOTATION, annotations[OTEL_NAME_ANNOTATION]],
    ['label', KUBERNETES_INSTANCE, labels[KUBERNETES_INSTANCE]],
    ['label', KUBERNETES_NAME, labels[KUBERNETES_NAME]],
    ['label', 'app', labels.app],
    ['label', CANONICAL_NAME, labels[CANONICAL_NAME]],
  ] as const;
  return [
    ...(workload.sdkServiceNames ?? []).map(name => ({
      name,
      reason: 'Application SDK: set in the environment of the container',
    })),
    ...fromLabels.flatMap(([what, key, name]) =>
      name ? [{ name, reason: `Application SDK: ${what} ${key}` }] : [],
    ),
    { name: workload.name, reason: 'Application SDK: workload name' },
  ];
}

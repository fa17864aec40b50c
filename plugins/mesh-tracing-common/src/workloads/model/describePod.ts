import type {
  KubernetesContainer,
  KubernetesController,
  KubernetesMetadata,
  KubernetesPod,
} from './kubernetesObjects';
import {
  type ProxyConfigParser,
  proxyFacts,
  type ProxyFacts,
} from './proxyFacts';

/** The controller of an object, from `ownerReferences`. @public */
export interface OwnerFacts {
  kind: string;
  name: string;
}

/** A pod, less everything that tracing does not depend on. @public */
export interface PodFacts extends ProxyFacts {
  namespace: string;
  name: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** True when the pod's `Ready` condition is. */
  ready: boolean;
  owner?: OwnerFacts;
  /** Milliseconds since the epoch. */
  createdAtMs?: number;
  /** Present on a pod in the network of its node. */
  hostNetwork?: true;
  /** What the pod itself says about injection. */
  inject?: string;
  /** Set on a pod of a Job that has run to its end. */
  ended?: true;
  /** Names that the application's own tracing SDK is told to use. */
  sdkServiceNames?: string[];
}

/** An object that owns pods, less everything else. @public */
export interface ControllerFacts {
  kind: string;
  namespace: string;
  name: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  owner?: OwnerFacts;
  /** What its pods will look like; absent when only metadata was read. */
  template?: PodFacts;
}

const KEPT_ANNOTATIONS =
  /^(?:proxy\.istio\.io|inject\.istio\.io|resource\.opentelemetry\.io|backstage\.io|meshtracing\.io|argocd\.argoproj\.io|meta\.helm\.sh|[a-z]+\.toolkit\.fluxcd\.io)\//;
/** Of a pod: whether the injector may add a proxy. Of the two the label counts first. */
const INJECT = 'sidecar.istio.io/inject';
const ENDED = new Set(['Succeeded', 'Failed']);

/**
 * What is kept of a pod; undefined for one that has ended, unless a Job owns it:
 * between the runs of a CronJob nothing else tells what they are like.
 *
 * @param parseProxyConfig - reads `PROXY_CONFIG`, which is JSON from Istio's
 *   injector and may be YAML when written by hand
 * @public
 */
export function describePod(
  pod: KubernetesPod,
  parseProxyConfig: ProxyConfigParser = JSON.parse,
): PodFacts | undefined {
  const metadata = pod.metadata ?? {};
  const owner = controllerOf(metadata);
  const ended = ENDED.has(pod.status?.phase ?? '');
  if (ended && owner?.kind !== 'Job') {
    return undefined;
  }
  const sdkServiceNames = sdkNames(pod.spec?.containers ?? []);
  const createdAtMs = Date.parse(metadata.creationTimestamp ?? '');
  const inject = metadata.labels?.[INJECT] ?? metadata.annotations?.[INJECT];
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    labels: metadata.labels ?? {},
    annotations: keptAnnotations(metadata),
    ready: (pod.status?.conditions ?? []).some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ),
    ...proxyFacts(pod, parseProxyConfig),
    ...(owner ? { owner } : {}),
    ...(Number.isFinite(createdAtMs) ? { createdAtMs } : {}),
    ...(pod.spec?.hostNetwork ? { hostNetwork: true } : {}),
    ...(inject === undefined ? {} : { inject }),
    ...(ended ? { ended } : {}),
    ...(sdkServiceNames.length ? { sdkServiceNames } : {}),
  };
}

/** What is kept of a Deployment, ReplicaSet, StatefulSet, DaemonSet or CronJob. @public */
export function describeController(
  kind: string,
  object: KubernetesController,
  parseProxyConfig: ProxyConfigParser = JSON.parse,
): ControllerFacts {
  const metadata = object.metadata ?? {};
  const owner = controllerOf(metadata);
  const podTemplate =
    object.spec?.template ?? object.spec?.jobTemplate?.spec?.template;
  const template = podTemplate && describePod(podTemplate, parseProxyConfig);
  return {
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    labels: metadata.labels ?? {},
    annotations: keptAnnotations(metadata),
    owner,
    template,
  };
}

function controllerOf(metadata: KubernetesMetadata): OwnerFacts | undefined {
  const reference = metadata.ownerReferences?.find(
    ({ controller }) => controller,
  );
  return reference?.kind && reference.name
    ? { kind: reference.kind, name: reference.name }
    : undefined;
}

function keptAnnotations(metadata: KubernetesMetadata): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(([key]) =>
      KEPT_ANNOTATIONS.test(key),
    ),
  );
}

/** The service name variables of OpenTelemetry's, Jaeger's and Datadog's SDKs. */
function sdkNames(containers: KubernetesContainer[]): string[] {
  const names = containers
    .filter(({ name }) => name !== 'istio-proxy')
    .flatMap(({ env }) => env ?? [])
    .map(({ name, value }) => {
      switch (name) {
        case 'OTEL_SERVICE_NAME':
        case 'JAEGER_SERVICE_NAME':
        case 'DD_SERVICE':
          return value;
        case 'OTEL_RESOURCE_ATTRIBUTES':
          return value?.match(/(?:^|,)\s*service\.name=([^,]+)/)?.[1];
        default:
          return undefined;
      }
    })
    // A reference such as $(POD_NAME) is resolved by the kubelet only.
    .filter((value): value is string => !!value && !value.includes('$('));
  return [...new Set(names)];
}

import type { ProxyConfig } from '../../meshconfig';
import type {
  KubernetesContainer,
  KubernetesPod,
  KubernetesPodSpec,
} from './kubernetesObjects';
import {
  AMBIENT_LABELS,
  REDIRECTION_ANNOTATION,
} from '../ambient/waypointLabels';
import type { ProxyKind } from './Workload';

/** Turns the text of `PROXY_CONFIG` into an object; throws when it can not. @public */
export type ProxyConfigParser = (text: string) => unknown;

/** What a pod says about its Istio proxy. @public */
export interface ProxyFacts {
  proxy: ProxyKind;
  /** `MAJOR.MINOR.PATCH`; absent when the image has no such tag. */
  proxyVersion?: string;
  proxyConfig?: ProxyConfig;
  /** Names only; values may be secret. */
  proxyEnvironment?: string[];
  revision?: string;
  /**
   * Whether ztunnel captures the traffic of a pod that has no proxy; absent where
   * its namespace decides.
   */
  ambient?: boolean;
}

const PROXY_CONTAINER = 'istio-proxy';
const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';
const GATEWAY_CLASS_LABEL = 'gateway.networking.k8s.io/gateway-class-name';
const MANAGED_GATEWAY_LABEL = 'gateway.istio.io/managed';
const WAYPOINT_CLASS = 'istio-waypoint';
const WAYPOINT_CONTROLLER = 'istio.io-mesh-controller';
const REVISION = 'istio.io/rev';
const CLASSIC_GATEWAYS = new Set(['ingressgateway', 'egressgateway']);

/** `MAJOR.MINOR.PATCH` of an image tag such as `proxyv2:1.31.0-distroless`. @public */
export function versionOfImage(image: string | undefined): string | undefined {
  const tag = image?.split('@')[0]?.match(/:([^:/]+)$/)?.[1];
  const numbers = tag?.match(/^v?(\d+)\.(\d+)(?:\.(\d+))?(?=$|[^0-9])/);
  return numbers
    ? `${numbers[1]}.${numbers[2]}.${numbers[3] ?? '0'}`
    : undefined;
}

/**
 * What is beside or in front of a pod, read from the pod alone.
 *
 * The proxy is the container `istio-proxy`, or the init container of that name
 * that stays (a native sidecar). What it is follows from its own start
 * arguments and from the labels that istiod's controllers and the injection
 * templates set. A gRPC agent is no proxy: tracing configuration does not
 * reach it.
 *
 */
export function proxyFacts(
  pod: KubernetesPod,
  parseProxyConfig: ProxyConfigParser,
): ProxyFacts {
  const container = proxyContainer(pod.spec);
  const templates = injectionTemplates(pod);
  if (!container || templates.includes('grpc-agent')) {
    const ambient = isCaptured(pod);
    return { proxy: 'none', ...(ambient === undefined ? {} : { ambient }) };
  }
  const proxyVersion = versionOfImage(container.image);
  const proxyConfig = proxyConfigOf(container, parseProxyConfig);
  const revision = revisionOf(pod);
  return {
    proxy: proxyKind(pod, container, templates),
    ...(proxyVersion ? { proxyVersion } : {}),
    proxyConfig,
    proxyEnvironment: (container.env ?? []).flatMap(({ name }) =>
      name ? [name] : [],
    ),
    ...(revision ? { revision } : {}),
  };
}

function proxyContainer(
  spec: KubernetesPodSpec | undefined,
): KubernetesContainer | undefined {
  return (
    spec?.containers?.find(({ name }) => name === PROXY_CONTAINER) ??
    spec?.initContainers?.find(
      ({ name, restartPolicy }) =>
        name === PROXY_CONTAINER && restartPolicy === 'Always',
    )
  );
}

function proxyKind(
  pod: KubernetesPod,
  container: KubernetesContainer,
  templates: string[],
): ProxyKind {
  const labels = pod.metadata?.labels ?? {};
  const role = container.args?.[0] === 'proxy' ? container.args[1] : undefined;
  if (
    role === 'waypoint' ||
    labels[GATEWAY_CLASS_LABEL] === WAYPOINT_CLASS ||
    labels[MANAGED_GATEWAY_LABEL] === WAYPOINT_CONTROLLER
  ) {
    return 'waypoint';
  }
  const alone = (pod.spec?.containers ?? []).every(
    ({ name }) => name === PROXY_CONTAINER,
  );
  if (
    role === 'router' ||
    labels[GATEWAY_NAME_LABEL] !== undefined ||
    templates.includes('gateway') ||
    (alone && CLASSIC_GATEWAYS.has(labels.istio ?? ''))
  ) {
    return 'gateway';
  }
  return 'sidecar';
}

function injectionTemplates(pod: KubernetesPod): string[] {
  const value = pod.metadata?.annotations?.['inject.istio.io/templates'] ?? '';
  return value.split(',').map(name => name.trim());
}

function proxyConfigOf(
  container: KubernetesContainer,
  parse: ProxyConfigParser,
): ProxyConfig | undefined {
  const text = container.env?.find(
    ({ name }) => name === 'PROXY_CONFIG',
  )?.value;
  if (!text?.trim()) {
    return undefined;
  }
  try {
    const parsed = parse(text);
    return parsed && typeof parsed === 'object' && !Array.isArray(parsed)
      ? (parsed as ProxyConfig)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Istio's CNI agent notes on each pod whether its traffic is redirected, whoever
 * asked for that: the pod or its namespace. Before it came by, the label tells,
 * the pod's before its namespace's. Pods in the network of their node are never
 * captured.
 */
function isCaptured({ metadata, spec }: KubernetesPod): boolean | undefined {
  const redirection = metadata?.annotations?.[REDIRECTION_ANNOTATION];
  if (redirection !== undefined) {
    return redirection === 'enabled';
  }
  if (spec?.hostNetwork === true) {
    return false;
  }
  const mode = metadata?.labels?.[AMBIENT_LABELS.dataplaneMode];
  return mode === undefined ? undefined : mode === 'ambient';
}

/**
 * Who injected the pod notes its revision in annotations; the label is what the
 * pod asked for, which may be a tag that stands for a revision.
 */
function revisionOf({ metadata }: KubernetesPod): string | undefined {
  const status = metadata?.annotations?.['sidecar.istio.io/status'] ?? '';
  return (
    status.match(/"revision"\s*:\s*"([^"]+)"/)?.[1] ??
    (metadata?.annotations?.[REVISION] || metadata?.labels?.[REVISION])
  );
}

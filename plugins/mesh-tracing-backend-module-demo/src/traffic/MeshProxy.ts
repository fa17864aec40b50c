import type {
  Attributes,
  CustomTag,
  EffectiveTracingSide,
  SpanKind,
  Workload,
  WorkloadPod,
} from 'backstage-plugin-mesh-tracing-common';
import type { SpanTemplate } from '../tracestore';
import type { SamplingRule } from './samplingDecision';

/** One side of a proxy that traces. */
export interface ProxySide extends SamplingRule {
  customTags: Array<[name: string, tag: CustomTag]>;
  addsIstioTags: boolean;
  /** False: the proxy writes no trace headers upstream. */
  propagates: boolean;
}

/** Both sides; an absent one does not trace. */
export interface ProxyTracing {
  client?: ProxySide;
  server?: ProxySide;
}

function isAtLeast(version: string | undefined, minor: number): boolean {
  const [major = '1', found = '99'] = (version ?? '').split('.');
  return version === undefined || Number(major) > 1 || Number(found) >= minor;
}

/** What a proxy makes of its effective configuration; undefined = no tracing. */
export function proxySideOf(
  side: EffectiveTracingSide | undefined,
  proxyVersion: string | undefined,
): ProxySide | undefined {
  if (!side?.enabled.value || !side.provider.value?.canTrace) {
    return undefined;
  }
  return {
    samplingParts: side.samplingParts,
    usesRequestId: side.useRequestId.value,
    mayDrop: isAtLeast(proxyVersion, 31),
    customTags: Object.entries(side.customTags.value),
    addsIstioTags: side.istioTags.value,
    propagates:
      !side.disableContextPropagation.value || !isAtLeast(proxyVersion, 30),
  };
}

const ENVOY_SCOPE = {
  name: 'envoy',
  version: '1.39.1/Clean/RELEASE/BoringSSL',
};

function ipOf(podName: string): string {
  let hash = 7;
  for (const char of podName) {
    hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  }
  return `10.244.${hash % 8}.${2 + ((hash >>> 8) % 250)}`;
}

/** The Envoy beside one pod. */
export class MeshProxy {
  readonly ip: string;
  readonly isGateway: boolean;
  /** Istio's `APP_LABEL_AND_NAMESPACE`. */
  readonly serviceName: string;
  readonly #nodeId: string;
  readonly #templates = new Map<string, SpanTemplate>();

  constructor(readonly workload: Workload, readonly pod: WorkloadPod) {
    const { namespace, labels } = workload;
    this.ip = ipOf(pod.name);
    this.isGateway = workload.proxy === 'gateway';
    this.serviceName = `${labels.app ?? workload.name}.${namespace}`;
    this.#nodeId = [
      this.isGateway ? 'router' : 'sidecar',
      this.ip,
      `${pod.name}.${namespace}`,
      `${namespace}.svc.cluster.local`,
    ].join('~');
  }

  /** Spans of the proxy. A gateway's upstream spans carry no `node_id`. */
  template(
    kind: SpanKind,
    operation: string,
    upstreamCluster: string,
    addsIstioTags: boolean,
  ): SpanTemplate {
    const key = `${kind}\n${operation}\n${upstreamCluster}\n${addsIstioTags}`;
    let template = this.#templates.get(key);
    if (!template) {
      const isUpstreamSpan = this.isGateway && kind === 'client';
      template = {
        service: this.serviceName,
        operation,
        kind,
        attributes: {
          component: 'proxy',
          ...(isUpstreamSpan
            ? {}
            : { node_id: this.#nodeId, zone: '', downstream_cluster: '-' }),
          'http.protocol': 'HTTP/1.1',
          upstream_cluster: upstreamCluster,
          'upstream_cluster.name': upstreamCluster,
          ...(addsIstioTags ? this.#istioTags() : {}),
        },
        resource: {
          'service.name': this.serviceName,
          'telemetry.sdk.language': 'cpp',
          'telemetry.sdk.name': 'envoy',
        },
        scope: ENVOY_SCOPE,
      };
      this.#templates.set(key, template);
    }
    return template;
  }

  /** Spans of the application itself, which its OpenTelemetry SDK reports. */
  applicationTemplate(operation: string, attributes: Attributes): SpanTemplate {
    const key = `application\n${operation}`;
    let template = this.#templates.get(key);
    if (!template) {
      const { labels } = this.workload;
      template = {
        service: labels.app ?? this.workload.name,
        operation,
        kind: 'client',
        attributes,
        resource: {
          'service.name': labels.app ?? this.workload.name,
          ...(labels.version ? { 'service.version': labels.version } : {}),
          'k8s.namespace.name': this.workload.namespace,
          'k8s.pod.name': this.pod.name,
          'telemetry.sdk.language': 'java',
          'telemetry.sdk.name': 'opentelemetry',
        },
        scope: { name: 'io.opentelemetry.jdbc' },
      };
      this.#templates.set(key, template);
    }
    return template;
  }

  #istioTags(): Attributes {
    const { labels, namespace, cluster } = this.workload;
    return {
      'istio.canonical_service':
        labels['service.istio.io/canonical-name'] ?? 'unknown',
      'istio.canonical_revision':
        labels['service.istio.io/canonical-revision'] ?? 'latest',
      'istio.namespace': namespace,
      'istio.cluster_id': cluster,
      'istio.mesh_id': 'cluster.local',
    };
  }
}

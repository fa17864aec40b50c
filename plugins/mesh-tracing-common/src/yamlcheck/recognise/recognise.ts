import type { YamlDocumentKind } from '../model/YamlCheck';
import { isMap, mapAt, textAt, valueAt, type YamlMap } from '../read/values';
import { looksLikeCollector, looksLikeRules } from './shapes';
import { meshFields } from './meshFields';

/** What a document is, and what it says of itself. */
export interface Recognised {
  kind: YamlDocumentKind;
  apiVersion?: string;
  resourceKind?: string;
  namespace?: string;
  name?: string;
}

/** Groups of Istio's API that are gone (Mixer, the first policies, Maistra). */
const RETIRED_GROUPS = [
  'config.istio.io',
  'authentication.istio.io',
  'rbac.istio.io',
  'maistra.io',
];

const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
  'Rollout',
];

/** Kinds by `group/Kind`. */
const KINDS: Readonly<Record<string, YamlDocumentKind>> = {
  'telemetry.istio.io/Telemetry': 'telemetry',
  'install.istio.io/IstioOperator': 'istio-operator',
  'sailoperator.io/Istio': 'istio-resource',
  'operator.istio.io/Istio': 'istio-resource',
  'networking.istio.io/ProxyConfig': 'proxy-config',
  'networking.istio.io/EnvoyFilter': 'envoy-filter',
  'networking.istio.io/Sidecar': 'sidecar',
  'networking.istio.io/ServiceEntry': 'service-entry',
  '/Service': 'service',
  '/Namespace': 'namespace',
  'opentelemetry.io/OpenTelemetryCollector': 'collector',
  'opentelemetry.io/Instrumentation': 'instrumentation',
  'monitoring.coreos.com/PrometheusRule': 'prometheus-rules',
  'monitoring.coreos.com/ServiceMonitor': 'scrape-config',
  'monitoring.coreos.com/PodMonitor': 'scrape-config',
};

/** What a document is, by the kind that it states, else by its shape. */
export function recognise(value: unknown): Recognised {
  if (!isMap(value)) return { kind: 'other' };
  const apiVersion = textAt(value, 'apiVersion');
  const resourceKind = textAt(value, 'kind');
  if (!apiVersion || !resourceKind) {
    return { kind: kindOfShape(value), ...statedOf(value) };
  }
  return { kind: kindOfResource(value), ...statedOf(value) };
}

function statedOf(value: YamlMap): Omit<Recognised, 'kind'> {
  const stated = {
    apiVersion: textAt(value, 'apiVersion'),
    resourceKind: textAt(value, 'kind'),
    namespace: textAt(value, 'metadata', 'namespace'),
    name: textAt(value, 'metadata', 'name'),
  };
  return Object.fromEntries(
    Object.entries(stated).filter(([, text]) => text !== undefined),
  );
}

/** The group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function kindOfResource(value: YamlMap): YamlDocumentKind {
  const group = groupOf(textAt(value, 'apiVersion') ?? '');
  const kind = textAt(value, 'kind') ?? '';
  const known = Object.hasOwn(KINDS, `${group}/${kind}`)
    ? KINDS[`${group}/${kind}`]
    : undefined;
  if (known) return known;
  if (group === 'jaegertracing.io') return 'jaeger-operator';
  if (RETIRED_GROUPS.includes(group)) return 'retired-istio';
  if (group === '' && kind === 'ConfigMap') return kindOfConfigMap(value);
  return WORKLOAD_KINDS.includes(kind) ? 'workload' : 'other';
}

/**
 * istiod reads its mesh config from the key `mesh` of the ConfigMap `istio`, of a
 * revision `istio-<revision>`. Another ConfigMap may hold a collector's or
 * Prometheus's files.
 */
function kindOfConfigMap(value: YamlMap): YamlDocumentKind {
  const name = textAt(value, 'metadata', 'name') ?? '';
  const mesh = typeof valueAt(value, 'data', 'mesh') === 'string';
  if (mesh && (name === 'istio' || name.startsWith('istio-'))) {
    return 'mesh-config';
  }
  const texts = Object.values(mapAt(value, 'data')).filter(
    (text): text is string => typeof text === 'string',
  );
  const holds = (...words: string[]) =>
    texts.some(text => words.every(word => text.includes(word)));
  if (holds('receivers:', 'pipelines:')) return 'collector';
  return holds('groups:', 'expr:') ? 'prometheus-rules' : 'other';
}

function kindOfShape(value: YamlMap): YamlDocumentKind {
  if (isMap(value.meshConfig) || isValues(value)) return 'helm-values';
  if (meshFields(value).length > 0) return 'mesh-config';
  if (looksLikeCollector(value)) return 'collector';
  if (looksLikeRules(value)) return 'prometheus-rules';
  return 'other';
}

/** Values of Istio's charts that have a part in tracing. */
function isValues(value: YamlMap): boolean {
  return (
    valueAt(value, 'pilot', 'traceSampling') !== undefined ||
    valueAt(value, 'global', 'tracer') !== undefined ||
    valueAt(mapAt(value, 'global', 'proxy'), 'tracer') !== undefined
  );
}

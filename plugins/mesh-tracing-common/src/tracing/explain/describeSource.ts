import type { TelemetryLevel, TracingSource } from '../model/EffectiveTracing';

const LEVELS: Record<TelemetryLevel, string> = {
  root: 'for the whole mesh',
  namespace: 'for the namespace',
  'service-namespace': "for the service's namespace",
  workload: 'for this workload',
};

/**
 * Where a value comes from, to follow "set by": "Telemetry
 * production/critical (for this workload)".
 * @public
 */
export function describeSource(source: TracingSource): string {
  switch (source.kind) {
    case 'telemetry':
      return `Telemetry ${source.namespace}/${source.name} (${
        LEVELS[source.level]
      })`;
    case 'mesh-default-provider':
      return `the mesh's default provider ${source.provider}`;
    case 'proxy-config':
      return source.origin === 'pod'
        ? "the pod's ProxyConfig"
        : "the mesh's defaultConfig";
    case 'istiod-environment':
      return source.assumed
        ? "istiod's default, assumed because its environment could not be read"
        : `istiod's environment (${source.variable})`;
    case 'provider-sampler':
      return `the sampler of provider ${source.provider}`;
    case 'provider':
      return `provider ${source.provider}`;
    case 'mesh-config':
      return `the mesh config (${source.field})`;
    default:
      return "Istio's default";
  }
}

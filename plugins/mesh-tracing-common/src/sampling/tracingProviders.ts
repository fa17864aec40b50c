import type { MeshConfig } from '../telemetry/meshConfig';

/** Kinds of extension providers whose listeners get a tracer (Istio: tracing.go). */
const TRACING_KINDS = ['opentelemetry', 'zipkin', 'datadog', 'skywalking'];

/**
 * Names of the mesh's providers that can trace, in the mesh config's order.
 * `lightstep` is left out: referring to it makes istiod 1.27 and newer fail.
 * @public
 */
export function tracingProviderNames(meshConfig: MeshConfig): string[] {
  return (meshConfig.extensionProviders ?? [])
    .filter(provider => TRACING_KINDS.some(kind => provider[kind]))
    .map(provider => provider.name)
    .filter((name): name is string => Boolean(name));
}

import type { MeshConfig } from './MeshConfig';
import { readMeshConfig } from './readMeshConfig';

/** Kinds of extension providers whose listeners get a tracer (Istio: tracing.go). */
export const TRACING_KINDS: readonly string[] = [
  'opentelemetry',
  'zipkin',
  'datadog',
  'skywalking',
];

/**
 * Names of the mesh's providers that can trace, in the mesh config's order.
 * `lightstep` is left out: referring to it makes istiod 1.27 and newer fail.
 * @public
 */
export function tracingProviderNames(meshConfig: MeshConfig): string[] {
  return readMeshConfig(meshConfig)
    .providers.filter(({ name, kind }) => name && TRACING_KINDS.includes(kind))
    .map(({ name }) => name);
}

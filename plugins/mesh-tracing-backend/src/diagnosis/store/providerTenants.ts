import type { MeshConfig } from 'backstage-plugin-mesh-tracing-common';

type Json = Record<string, unknown>;

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Longer ones are no names of tenants. */
const MAX_LENGTH = 200;

/**
 * Tenants that providers of the mesh send their spans to: values of the header in the
 * OTLP settings of OpenTelemetry providers, each once.
 * Source: Istio, `MeshConfig.ExtensionProvider`, `http.headers` and
 * `grpc.initialMetadata`.
 *
 * @param providers - names of the providers that count; all when absent
 */
export function providerTenants(
  meshConfig: MeshConfig,
  header: string,
  providers?: readonly string[],
): string[] {
  const values = list(meshConfig.extensionProviders)
    .map(record)
    .filter(({ name }) => !providers || providers.includes(String(name)))
    .flatMap(provider => {
      const { http, grpc } = record(provider.opentelemetry);
      return [
        ...list(record(http).headers),
        ...list(record(grpc).initialMetadata),
      ];
    })
    .map(record)
    .filter(({ name }) => String(name).toLowerCase() === header.toLowerCase())
    .flatMap(({ value }) =>
      typeof value === 'string' && value !== '' && value.length <= MAX_LENGTH
        ? [value]
        : [],
    );
  return [...new Set(values)];
}

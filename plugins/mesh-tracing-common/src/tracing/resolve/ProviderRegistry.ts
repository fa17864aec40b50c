import type { TracingProvider } from '../model/EffectiveTracing';
import { istioVersion } from '../model/istioVersion';
import type { MeshReading, ProviderDefinition } from '../../meshconfig';
import { ServiceHosts } from './ServiceHosts';

/** Why istiod gives listeners no tracing although a provider was found. */
export type ProviderFailure =
  | 'cannot-trace'
  | 'service-unknown'
  | 'sampler-unusable'
  | 'breaks-istiod';

/** A provider with what istiod makes of it. */
export interface ResolvedProvider {
  provider: TracingProvider;
  /** Absent when it works. */
  failure?: ProviderFailure;
  /** Name of Envoy's tracer extension. */
  tracer: string | null;
  /** The provider's own sampler decides; Istio then samples everything. */
  ownSampler: boolean;
  /** Every proxy starts a separate upstream span with this kind. */
  upstreamSpan: boolean;
  /**
   * True where the mesh config could not be read, so that the provider is only
   * assumed to exist.
   */
  assumed: boolean;
}

const TRACERS: Record<string, string> = {
  zipkin: 'envoy.tracers.zipkin',
  opentelemetry: 'envoy.tracers.opentelemetry',
  datadog: 'envoy.tracers.datadog',
  skywalking: 'envoy.tracers.skywalking',
};

/** Providers by name, ignoring case, first match wins (Istio: fetchProvider). */
export class ProviderRegistry {
  readonly #byName = new Map<string, ResolvedProvider>();
  readonly #meshConfigKnown: boolean;

  private constructor(meshConfigKnown: boolean) {
    this.#meshConfigKnown = meshConfigKnown;
  }

  static create(options: {
    mesh: MeshReading;
    meshConfigKnown: boolean;
    /** As `parseIstioVersion` gives it. */
    istiodVersion: number;
    hosts: ServiceHosts;
  }): ProviderRegistry {
    const registry = new ProviderRegistry(options.meshConfigKnown);
    for (const definition of options.mesh.providers) {
      const key = definition.name.toLowerCase();
      if (registry.#byName.has(key)) continue;
      registry.#byName.set(
        key,
        resolveProvider(definition, options.istiodVersion, options.hosts),
      );
    }
    return registry;
  }

  /** The provider of a name, or null when the mesh has none. */
  lookup(name: string): ResolvedProvider | null {
    const found = this.#byName.get(name.toLowerCase());
    if (found) return found;
    return this.#meshConfigKnown ? null : assumedProvider(name);
  }

  /** Names of the providers that can trace, as written. */
  tracingNames(): string[] {
    return [...this.#byName.values()]
      .filter(provider => provider.failure === undefined)
      .map(provider => provider.provider.name);
  }
}

function assumedProvider(name: string): ResolvedProvider {
  return {
    provider: { name, kind: 'unknown', canTrace: true },
    tracer: null,
    ownSampler: false,
    upstreamSpan: false,
    assumed: true,
  };
}

function resolveProvider(
  definition: ProviderDefinition,
  istiodVersion: number,
  hosts: ServiceHosts,
): ResolvedProvider {
  const { name, kind, service, port, maxTagLength, sampler } = definition;
  const { resourceDetectors } = definition;
  const failure = failureOf(definition, istiodVersion, hosts);
  return {
    provider: {
      name,
      kind,
      canTrace: failure !== 'cannot-trace' && failure !== 'breaks-istiod',
      service,
      port,
      maxTagLength,
      resourceDetectors,
    },
    failure,
    tracer: TRACERS[kind] ?? null,
    ownSampler: sampler !== undefined,
    upstreamSpan: kind === 'skywalking',
    assumed: false,
  };
}

function failureOf(
  definition: ProviderDefinition,
  istiodVersion: number,
  hosts: ServiceHosts,
): ProviderFailure | undefined {
  const { kind, service, sampler } = definition;
  if (kind === 'lightstep') {
    // Istio 1.27 removed Lightstep, but still looks such a provider up, and
    // then dereferences nil.
    if (istiodVersion >= istioVersion(1, 27)) return 'breaks-istiod';
  } else if (kind === 'stackdriver' || kind === 'opencensus') {
    if (istiodVersion >= istioVersion(1, 23)) return 'cannot-trace';
    if (kind === 'stackdriver') return undefined;
  } else if (!(kind in TRACERS)) {
    return 'cannot-trace';
  }
  if (!hosts.has(service)) return 'service-unknown';
  if (!sampler || sampler.reusesExporter) return undefined;
  return hosts.has(sampler.service) ? undefined : 'sampler-unusable';
}

import type { DecodedMessage } from './protojson/decodeProtoJson';

/** An extension provider as the mesh config defines it, any kind. */
export interface ProviderDefinition {
  name: string;
  /** `opentelemetry`, `prometheus` …; `unknown` when no known kind is there. */
  kind: string;
  service?: string;
  port?: number;
  /** Characters; 0 is unset and not kept. */
  maxTagLength?: number;
  /** Set when an OpenTelemetry provider brings its own sampler. */
  sampler?: SamplerDefinition;
  /** Names of the resource detectors of an OpenTelemetry provider. */
  resourceDetectors?: string[];
  /** Services are named by OpenTelemetry's conventions (Istio 1.30 and newer). */
  semanticConventions?: boolean;
}

/** The Dynatrace sampler of an OpenTelemetry provider. */
export interface SamplerDefinition {
  /** Whether the provider exports by HTTP, whose settings it then reuses. */
  reusesExporter: boolean;
  /** Service of its own HTTP settings, when it has them. */
  service?: string;
}

/** Providers that exist in every mesh (Istio: default mesh config). */
const BUILT_IN: readonly ProviderDefinition[] = [
  { name: 'prometheus', kind: 'prometheus' },
  { name: 'stackdriver', kind: 'stackdriver' },
  { name: 'envoy', kind: 'envoyFileAccessLog' },
];

/**
 * The providers of a mesh: the built-in ones, in which those of the mesh config
 * replace the one of exactly the same name and else are appended.
 *
 * @param list - as `decodeProtoJson` has it
 */
export function readProviders(
  list: readonly DecodedMessage[] | undefined,
): ProviderDefinition[] {
  const providers = new Map(BUILT_IN.map(entry => [entry.name, entry]));
  for (const item of list ?? []) {
    const read = readProvider(item);
    providers.set(read.name, read);
  }
  return [...providers.values()];
}

function readProvider({
  name = '',
  ...kinds
}: DecodedMessage): ProviderDefinition {
  // The kinds are a oneof, so at most one is left.
  const [kind = 'unknown', settings = {}] = Object.entries(kinds)[0] ?? [];
  return { name: name as string, kind, ...readSettings(settings as Settings) };
}

/** The settings that matter here, of any kind. */
interface Settings {
  service?: string;
  port?: number;
  maxTagLength?: number;
  http?: object;
  dynatraceSampler?: { httpService?: { service?: string } };
  serviceAttributeEnrichment?: string;
  resourceDetectors?: Record<string, object>;
}

function readSettings(
  settings: Settings,
): Omit<ProviderDefinition, 'name' | 'kind'> {
  const { service, port, maxTagLength } = settings;
  const sampler = readSampler(settings);
  const detectors = Object.keys(settings.resourceDetectors ?? {}).sort();
  return {
    ...(service ? { service } : {}),
    port,
    ...(maxTagLength ? { maxTagLength } : {}),
    sampler,
    ...(detectors.length > 0 ? { resourceDetectors: detectors } : {}),
    ...(settings.serviceAttributeEnrichment === 'OTEL_SEMANTIC_CONVENTIONS'
      ? { semanticConventions: true }
      : {}),
  };
}

function readSampler({
  dynatraceSampler,
  http,
}: Settings): SamplerDefinition | undefined {
  if (!dynatraceSampler) return undefined;
  const own = dynatraceSampler.httpService;
  const reusesExporter = http !== undefined && !own;
  return own
    ? { reusesExporter, service: own.service ?? '' }
    : { reusesExporter };
}

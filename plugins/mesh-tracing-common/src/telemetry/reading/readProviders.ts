import { isPresent, type FieldReader } from './FieldReader';

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
}

/** The Dynatrace sampler of an OpenTelemetry provider. */
export interface SamplerDefinition {
  /** Whether the provider exports by HTTP, whose settings it then reuses. */
  reusesExporter: boolean;
  /** Service of its own HTTP settings, when it has them. */
  service?: string;
}

/** Kinds of `meshConfig.extensionProviders`, JSON and proto spelling. */
const KINDS: ReadonlyArray<readonly [json: string, proto: string]> = [
  ['opentelemetry', 'opentelemetry'],
  ['zipkin', 'zipkin'],
  ['datadog', 'datadog'],
  ['skywalking', 'skywalking'],
  ['lightstep', 'lightstep'],
  ['stackdriver', 'stackdriver'],
  ['opencensus', 'opencensus'],
  ['prometheus', 'prometheus'],
  ['envoyFileAccessLog', 'envoy_file_access_log'],
  ['envoyHttpAls', 'envoy_http_als'],
  ['envoyTcpAls', 'envoy_tcp_als'],
  ['envoyOtelAls', 'envoy_otel_als'],
  ['envoyExtAuthzHttp', 'envoy_ext_authz_http'],
  ['envoyExtAuthzGrpc', 'envoy_ext_authz_grpc'],
  ['sds', 'sds'],
];

/** Providers that exist in every mesh (Istio: default mesh config). */
const BUILT_IN: readonly ProviderDefinition[] = [
  { name: 'prometheus', kind: 'prometheus' },
  { name: 'stackdriver', kind: 'stackdriver' },
  { name: 'envoy', kind: 'envoyFileAccessLog' },
];

/**
 * The providers of a mesh: the built-in ones, in which those of the mesh config
 * replace the one of exactly the same name and else are appended.
 */
export function readProviders(
  reader: FieldReader,
  value: unknown,
): ProviderDefinition[] {
  const providers = [...BUILT_IN];
  const places = new Map(providers.map((p, i) => [p.name, i] as const));
  const list = reader.list(value, 'extensionProviders') ?? [];
  list.forEach((item, i) => {
    const read = readProvider(reader, item, `extensionProviders[${i}]`);
    if (!read) return;
    const place = places.get(read.name);
    if (place === undefined) {
      places.set(read.name, providers.length);
      providers.push(read);
    } else {
      providers[place] = read;
    }
  });
  return providers;
}

function readProvider(
  reader: FieldReader,
  value: unknown,
  path: string,
): ProviderDefinition | undefined {
  const provider = reader.record(value, path);
  if (!provider) return undefined;
  const name = reader.text(provider.name, `${path}.name`) ?? '';
  for (const [json, proto] of KINDS) {
    const raw = provider[json] ?? provider[proto];
    if (isPresent(raw)) {
      const settings = reader.record(raw, `${path}.${json}`) ?? {};
      return { name, kind: json, ...readSettings(reader, settings, path) };
    }
  }
  return { name, kind: 'unknown' };
}

function readSettings(
  reader: FieldReader,
  settings: Record<string, unknown>,
  path: string,
): Omit<ProviderDefinition, 'name' | 'kind'> {
  const length = settings.maxTagLength ?? settings.max_tag_length;
  const service = reader.text(settings.service, `${path}.service`);
  const port = reader.number(settings.port, `${path}.port`);
  const maxTagLength = reader.number(length, `${path}.maxTagLength`);
  const sampler = readSampler(reader, settings, path);
  return {
    ...(service ? { service } : {}),
    ...(port === undefined ? {} : { port }),
    ...(maxTagLength ? { maxTagLength } : {}),
    ...(sampler ? { sampler } : {}),
  };
}

function readSampler(
  reader: FieldReader,
  settings: Record<string, unknown>,
  path: string,
): SamplerDefinition | undefined {
  const sampler = reader.record(
    settings.dynatraceSampler ?? settings.dynatrace_sampler,
    `${path}.dynatraceSampler`,
  );
  if (!sampler) return undefined;
  const own = reader.record(
    sampler.httpService ?? sampler.http_service,
    `${path}.dynatraceSampler.httpService`,
  );
  const reusesExporter = isPresent(settings.http) && !own;
  if (!own) return { reusesExporter };
  const at = `${path}.dynatraceSampler.httpService.service`;
  return { reusesExporter, service: reader.text(own.service, at) ?? '' };
}

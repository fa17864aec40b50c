import type {
  ExtensionProvider,
  MeshConfig,
  ProxyConfig,
} from 'backstage-plugin-mesh-tracing-common';
import { customTag, PROVIDER_NAMES } from './generateSpec';
import { COLLECTORS_NAMESPACE, serviceHost, SHARED_HOST } from './plots';
import type { Random } from '../../checks/Random';

function collector(name: string): string {
  return serviceHost(name, COLLECTORS_NAMESPACE);
}

/** Providers that are the same in every mesh config. */
const FIXED_PROVIDERS: readonly ExtensionProvider[] = [
  {
    name: 'skywalking',
    skywalking: { service: collector('skywalking'), port: 11800 },
  },
  {
    name: 'without-service',
    opentelemetry: { service: collector('missing'), port: 4317 },
  },
  {
    name: 'other-port',
    zipkin: { service: collector('zipkin'), port: 9999 },
  },
  { name: 'ambiguous', opentelemetry: { service: SHARED_HOST, port: 4317 } },
  {
    name: 'chosen',
    opentelemetry: {
      service: `${COLLECTORS_NAMESPACE}/${SHARED_HOST}`,
      port: 4317,
    },
  },
  { name: 'access-log', envoyFileAccessLog: { path: '/dev/stdout' } },
];

function extensionProviders(random: Random): ExtensionProvider[] {
  const length = () =>
    random.maybe(0.3, () => ({ maxTagLength: random.pick([64, 256, 300]) }));
  const http = { path: '/v1/traces', timeout: '3s' };
  const otlpHttp = { service: collector('otel'), port: 4318 };
  const zipkin = collector('zipkin');
  const providers: ExtensionProvider[] = [
    {
      name: 'zipkin',
      zipkin: {
        service: random.pick([zipkin, `${COLLECTORS_NAMESPACE}/${zipkin}`]),
        port: 9411,
        ...length(),
      },
    },
    {
      name: random.pick(['otel', 'Otel']),
      opentelemetry: { service: collector('otel'), port: 4317, ...length() },
    },
    { name: 'otel-http', opentelemetry: { ...otlpHttp, http, ...length() } },
    {
      name: 'datadog',
      datadog: { service: collector('datadog'), port: 8126, ...length() },
    },
    {
      name: 'dynatrace',
      opentelemetry: {
        ...otlpHttp,
        // The sampler has no service without it.
        ...(random.chance(0.8) && { http }),
        dynatraceSampler: { tenant: 'abc', clusterId: 1 },
      },
    },
    ...FIXED_PROVIDERS,
  ];
  return random.chance(0.1) ? random.some(providers, 0.7) : providers;
}

/** A ProxyConfig as a proxy reports it or the mesh has it by default. */
export function proxyConfig(random: Random): ProxyConfig {
  if (random.chance(0.35)) {
    return random.pick<ProxyConfig>([{}, { concurrency: 2 }, { tracing: {} }]);
  }
  const tags = random
    .some(['team', 'env', 'z'], 0.5)
    .map(name => [name, customTag(random)] as const)
    // ProxyConfig knows neither formatters nor tags without a kind.
    .filter(([, tag]) => !tag.formatter && Object.keys(tag).length > 0);
  return {
    tracing: {
      ...(random.chance(0.6) && {
        sampling: random.pick([0, 0.5, 10, 62.5, 100, 300]),
      }),
      ...(random.chance(0.5) && { customTags: Object.fromEntries(tags) }),
      ...(random.chance(0.3) && {
        maxPathTagLength: random.pick([0, 100, 256, 512]),
      }),
      ...(random.chance(0.3) && { enableIstioTags: random.chance(0.5) }),
    },
  };
}

/** A mesh config; the root namespace is the caller's. */
export function generateMeshConfig(
  random: Random,
  rootNamespace: string,
): MeshConfig {
  const defaults = random.maybe(0.5, () =>
    random.chance(0.5)
      ? [random.pick(['zipkin', 'OTEL', 'datadog'])]
      : Array.from({ length: random.pick([0, 1, 1, 2]) }, () =>
          random.pick(PROVIDER_NAMES),
        ),
  );
  return {
    rootNamespace,
    ...(random.chance(0.5) && { enableTracing: random.chance(0.3) }),
    ...(defaults && { defaultProviders: { tracing: defaults } }),
    extensionProviders: extensionProviders(random),
    ...(random.chance(0.6) && { defaultConfig: proxyConfig(random) }),
  };
}

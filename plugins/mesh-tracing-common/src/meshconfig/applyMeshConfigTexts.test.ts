import { traceServiceNameCandidates, type Workload } from '../workloads';
import { tracingProviderNames } from './tracingProviders';
import { resolveTracing } from '../tracing';
import type { MeshConfig, ProxyConfig } from './MeshConfig';
import { applyMeshConfigTexts } from './applyMeshConfigTexts';

function read(...texts: string[]): MeshConfig {
  const { meshConfig, refusals } = applyMeshConfigTexts(texts);
  expect(refusals.filter(Boolean)).toEqual([]);
  return meshConfig;
}

function refusal(text: string): string | undefined {
  return applyMeshConfigTexts([text]).refusals[0];
}

function serverSide(meshConfig: MeshConfig) {
  return resolveTracing(
    {
      meshConfig,
      meshConfigKnown: true,
      telemetries: [],
      istiod: { version: '1.31.0', environmentKnown: true },
    },
    { kind: 'sidecar', namespace: 'shop', labels: {}, version: '1.31.0' },
  ).server;
}

const OTEL = 'opentelemetry: {service: otel.obs.svc.cluster.local, port: 4317}';

describe('a mesh config', () => {
  it('is read in either spelling', () => {
    expect(
      read(`
enable_tracing: false
root_namespace: root
extension_providers:
- name: otel
  opentelemetry: {service: otel.obs, port: 4317, max_tag_length: 77}
discovery_selectors:
- matchLabels: {mesh: 'yes'}
defaultConfig:
  tracing:
    max_path_tag_length: 99
    custom_tags: {who: {header: {name: x-who, default_value: nobody}}}
`),
    ).toEqual({
      enableTracing: false,
      rootNamespace: 'root',
      extensionProviders: [
        {
          name: 'otel',
          opentelemetry: { service: 'otel.obs', port: 4317, maxTagLength: 77 },
        },
      ],
      discoverySelectors: [{ matchLabels: { mesh: 'yes' } }],
      defaultConfig: {
        tracing: {
          maxPathTagLength: 99,
          customTags: {
            who: { header: { name: 'x-who', defaultValue: 'nobody' } },
          },
        },
      },
    });
  });

  it('has defaultConfig and defaultProviders at the top in camelCase only', () => {
    expect(
      read(
        'default_config: {tracing: {sampling: 5}}\ndefault_providers: {tracing: [a]}',
      ),
    ).toEqual({});
  });

  it.each<[string, string, unknown]>([
    ['words of YAML 1.1', 'enableTracing: off', { enableTracing: false }],
    [
      'hexadecimal and octal numbers',
      'proxyListenPort: 0x3A99',
      { proxyListenPort: 15001 },
    ],
    [
      'numbers in quotes',
      'proxyListenPort: "15001"',
      { proxyListenPort: 15001 },
    ],
    [
      'a whole number with a point',
      'proxyListenPort: 15001.0',
      { proxyListenPort: 15001 },
    ],
    ['enums by number', 'accessLogEncoding: 1', { accessLogEncoding: 'JSON' }],
    [
      'durations, in seconds',
      'connectTimeout: 1m0.5s',
      { connectTimeout: '60.500s' },
    ],
    ['merge keys', 'a: &a {rootNamespace: r}\n<<: *a', { rootNamespace: 'r' }],
    [
      'the last of equal keys',
      'rootNamespace: a\nrootNamespace: b',
      { rootNamespace: 'b' },
    ],
    [
      'of two spellings the one of JSON',
      'rootNamespace: a\nroot_namespace: b',
      { rootNamespace: 'a' },
    ],
    [
      'of two spellings the one of JSON, null, too',
      'rootNamespace: ~\nroot_namespace: b',
      {},
    ],
    [
      'nothing of what Istio does not know',
      'rootNameSpace: a\nother: {x: 1}',
      {},
    ],
    ['an empty text', '', {}],
  ])('takes %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['"10"', 10],
    ['1_0', 10],
    ['" 1e1 "', 10],
    ['.5', 0.5],
    ['0x10', 16],
  ])('samples at %s as Istio does', (sampling, percent) => {
    const meshConfig = read(
      `defaultConfig: {tracing: {sampling: ${sampling}}}`,
    );
    expect(meshConfig.defaultConfig?.tracing?.sampling).toBe(percent);
    // Not only when it was read from a text.
    const written: MeshConfig = {
      defaultConfig: { tracing: { sampling: `${percent}` as never } },
      defaultProviders: { tracing: ['otel'] },
      extensionProviders: [
        { name: 'otel', opentelemetry: { service: 'o', port: 1 } },
      ],
    };
    expect(serverSide(written)?.samplingPercent.value).toBe(percent);
  });

  it('takes of several kinds of a provider the one that Istio declares last', () => {
    const meshConfig = read(
      'extensionProviders: [{name: a, skywalking: {service: s}, zipkin: {service: z}}]',
    );
    expect(meshConfig.extensionProviders).toEqual([
      { name: 'a', skywalking: { service: 's' } },
    ]);
  });

  it.each([
    ['a number for text', 'rootNamespace: 12', 'rootNamespace must be text'],
    [
      'a word of YAML 1.1 for text',
      'rootNamespace: on',
      'rootNamespace must be text',
    ],
    [
      'text for a boolean',
      'enableTracing: "on"',
      'enableTracing must be true or false',
    ],
    [
      'an unknown enum',
      'accessLogEncoding: XML',
      'accessLogEncoding must be one of TEXT, JSON',
    ],
    [
      'a hexadecimal number in quotes',
      'defaultConfig: {tracing: {sampling: "0x10"}}',
      'defaultConfig.tracing.sampling must be a number',
    ],
    [
      'a fraction for a whole number',
      'proxyListenPort: 1.5',
      'proxyListenPort must be a whole number',
    ],
    [
      'a duration without a unit',
      'connectTimeout: "10"',
      'connectTimeout must be a duration',
    ],
    ['a list for a map', '[]', 'it must be an object'],
    [
      'what only the ignored spelling holds',
      'default_config: []',
      'defaultConfig must be an object',
    ],
    [
      'a port out of range',
      'proxyListenPort: 70000',
      'proxyListenPort must be from 1 to 65535',
    ],
    [
      'a timeout of two hours',
      'connectTimeout: 2h',
      'connectTimeout is out of range',
    ],
    [
      'a tracer without a port',
      'defaultConfig: {tracing: {zipkin: {address: zipkin}}}',
      'tracing.zipkin.address must be',
    ],
    ['no YAML', 'a: b: c', 'is not YAML'],
  ])('is refused with %s', (_, text, reason) => {
    expect(refusal(text)).toContain(reason);
  });

  it('is refused without a word of its content', () => {
    expect(refusal('rootNamespace: {secret: hush}')).not.toContain('hush');
  });
});

describe('a shared mesh config', () => {
  it('stands under the own one, field by field in defaultConfig and defaultProviders', () => {
    expect(
      read(
        'enableTracing: false\nrootNamespace: a\ndefaultConfig: {tracing: {sampling: 30}, concurrency: 2}\ndefaultProviders: {tracing: [otel], metrics: [prometheus]}',
        'rootNamespace: b\ndefaultConfig: {concurrency: 4}\ndefaultProviders: {tracing: []}',
      ),
    ).toEqual({
      enableTracing: false,
      rootNamespace: 'b',
      defaultConfig: { tracing: { sampling: 30 }, concurrency: 4 },
      defaultProviders: { tracing: [], metrics: ['prometheus'] },
    });
  });

  it('has its providers merged by exact name, each as a whole', () => {
    expect(
      read(
        `extensionProviders:\n- {name: otel, ${OTEL}}\n- {name: Otel, zipkin: {service: z, port: 9411}}`,
        'extensionProviders:\n- {name: otel, zipkin: {service: own}}\n- {name: more, datadog: {service: d}}',
      ).extensionProviders,
    ).toEqual([
      { name: 'otel', zipkin: { service: 'own' } },
      { name: 'Otel', zipkin: { service: 'z', port: 9411 } },
      { name: 'more', datadog: { service: 'd' } },
    ]);
  });

  it('has its tracing replaced as a whole, and its serviceCluster by a tracingServiceName', () => {
    expect(
      read(
        'defaultConfig: {serviceCluster: cart, tracing: {sampling: 30, zipkin: {address: "z:9411"}}}',
        'defaultConfig: {tracingServiceName: 1, tracing: {sampling: 5}}',
      ).defaultConfig,
    ).toEqual({
      tracingServiceName: 'CANONICAL_NAME_ONLY',
      tracing: { sampling: 5 },
    });
  });

  it('keeps metadata and headers of proxies that the own one does not set', () => {
    expect(
      read(
        'defaultConfig: {proxyMetadata: {A: "1", B: "1"}, proxyHeaders: {requestId: {disabled: true}, server: {value: x}}}',
        'defaultConfig: {proxyMetadata: {B: "2"}, proxyHeaders: {server: {value: z}}}',
      ).defaultConfig,
    ).toEqual({
      proxyMetadata: { A: '1', B: '2' },
      proxyHeaders: { requestId: { disabled: true }, server: { value: 'z' } },
    });
  });

  it('is left out when it is refused, and the own one is read', () => {
    const { meshConfig, refusals } = applyMeshConfigTexts([
      'rootNamespace: 12',
      'enableTracing: no',
    ]);
    expect(meshConfig).toEqual({ enableTracing: false });
    expect(refusals).toEqual([
      expect.stringContaining('rootNamespace'),
      undefined,
    ]);
  });
});

describe('everything that asks a mesh config asks the same reading', () => {
  const workload: Workload = {
    cluster: 'c',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart-v1',
    labels: { app: 'cart', 'service.istio.io/canonical-name': 'canonical' },
    ownerLabels: {},
    annotations: {},
    proxy: 'sidecar',
    pods: [],
  };
  const names = (meshConfig: object, proxyConfig?: ProxyConfig) =>
    traceServiceNameCandidates(
      { ...workload, ...(proxyConfig ? { proxyConfig } : {}) },
      meshConfig as MeshConfig,
    ).map(({ name }) => name);

  it('for the names of spans, with enums by number and in either spelling', () => {
    const canonical = { tracing_service_name: 1 };
    expect(names({ defaultConfig: canonical })[0]).toBe('canonical');
    expect(names({}, canonical)[0]).toBe('canonical');
    expect(names({ default_config: canonical })[0]).toBe('cart.shop');
    expect(
      names({
        extension_providers: [
          { name: 'o', opentelemetry: { service_attribute_enrichment: 1 } },
        ],
      })[1],
    ).toBe('cart-v1');
  });

  it('for the providers that an override may name', () => {
    expect(
      tracingProviderNames({
        extension_providers: [
          { name: 'otel', opentelemetry: { service: 'o' } },
          { name: 'log', envoy_file_access_log: {} },
        ],
      }),
    ).toEqual(['otel']);
  });

  it('for effective tracing, where default_config and default_providers are nothing', () => {
    const side = serverSide({
      default_config: { tracing: { sampling: 7 } },
      default_providers: { tracing: ['otel'] },
      extension_providers: [{ name: 'otel', opentelemetry: { service: 'o' } }],
    });
    expect(side).toMatchObject({
      samplingPercent: { value: 1 },
      provider: { value: null },
    });
  });
});

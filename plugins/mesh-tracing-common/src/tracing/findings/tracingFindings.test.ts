import type { EffectiveTracing } from '../model/EffectiveTracing';
import type { MeshConfig } from '../../meshconfig';
import type { WorkloadRoute } from '../../workloads';
import { createTracingResolver } from '../resolve/resolveTracing';
import type { Telemetry, TelemetryTracing } from '../telemetry/Telemetry';
import {
  codesOf,
  gateway,
  inputsOf,
  mesh,
  meshWithoutDefault,
  resolve,
  reviews,
  service,
  sidecar,
  telemetry,
  waypoint,
  workload,
} from '../../testing/tracing';
import { findingCatalog, type TracingFindingCode } from './findingCatalog';

const wide = (...tracing: TelemetryTracing[]) =>
  telemetry('shop/all', { tracing });
const own = (...tracing: TelemetryTracing[]) =>
  telemetry('shop/own', { selector: reviews, tracing }, 1);
const root = (...tracing: TelemetryTracing[]) =>
  telemetry('istio-system/mesh', { tracing });
const named = (name: string) => wide({ providers: [{ name }] });
const percent = (randomSamplingPercentage: number) => ({
  randomSamplingPercentage,
});
const gatewayApi = 'gateway.networking.k8s.io';

const pods: WorkloadRoute['to'] = {
  kind: 'Workload',
  namespace: 'shop',
  name: 'reviews',
};

/** A way to the service reviews through the waypoint of its namespace. */
function way(overrides: Partial<WorkloadRoute>): WorkloadRoute {
  return {
    to: { kind: 'Service', namespace: 'shop', name: 'reviews' },
    state: 'waypoint',
    waypoint: { namespace: 'shop', name: 'waypoint' },
    label: { kind: 'Service', name: 'reviews', value: 'waypoint' },
    fromIngress: false,
    proxy: workload({
      name: 'waypoint',
      proxy: 'waypoint',
      labels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' },
    }),
    ...overrides,
  };
}

function behindWith(
  telemetries: Telemetry[],
  ...routes: WorkloadRoute[]
): EffectiveTracing {
  return createTracingResolver(inputsOf(telemetries)).resolveWorkload(
    workload({ proxy: 'none', ambient: true, routes }),
  );
}

const behind = (...routes: WorkloadRoute[]) => behindWith([], ...routes);

/** One situation for each code. */
const situations: Record<TracingFindingCode, () => EffectiveTracing> = {
  'tracing-off-by-omission': () =>
    resolve([wide(percent(10))], sidecar(), { meshConfig: meshWithoutDefault }),
  'provider-unknown': () => resolve([named('nobody')]),
  'default-provider-unknown': () =>
    resolve([], sidecar(), {
      meshConfig: { ...mesh, defaultProviders: { tracing: ['nobody'] } },
    }),
  'provider-cannot-trace': () => resolve([named('prometheus')]),
  'provider-service-unknown': () =>
    resolve([], sidecar(), { knownServices: new Set() }),
  'provider-sampler-unusable': () =>
    resolve([], sidecar(), {
      meshConfig: {
        defaultProviders: { tracing: ['d'] },
        extensionProviders: [
          {
            name: 'd',
            opentelemetry: { service: 'otel.obs', dynatraceSampler: {} },
          },
        ],
      },
    }),
  'provider-breaks-istiod': () => resolve([named('ls')]),
  'sidecar-egress-hides-provider': () =>
    resolve([], sidecar(), {
      sidecars: [{ namespace: 'shop', name: 'default', hosts: ['./*'] }],
    }),
  'envoy-filter-touches-tracing': () =>
    resolve([], sidecar(), {
      envoyFilters: [{ namespace: 'shop', name: 'mine', touches: ['tracing'] }],
    }),
  'error-sampling-misunderstood': () =>
    resolve([telemetry('shop/error-sampling', { tracing: [percent(100)] })]),
  'istiod-version-unknown-to-product': () =>
    resolve([], sidecar(), {
      istiod: { version: '1.18.2', environmentKnown: true },
    }),
  'enable-tracing-without-effect': () =>
    resolve([], sidecar(), { meshConfig: { ...mesh, enableTracing: false } }),
  'sampling-out-of-range': () => resolve([wide(percent(150))]),
  'tag-without-kind': () => resolve([wide({ customTags: { a: {} } })]),
  'tag-formatter-malformed': () =>
    resolve([wide({ customTags: { a: { formatter: { value: '%REQ(' } } } })]),
  'telemetry-malformed': () =>
    resolve([telemetry('shop/odd', { tracing: 'odd' } as never)]),
  'several-namespace-wide': () =>
    resolve([wide({}), telemetry('shop/later', { tracing: [{}] }, 1)]),
  'namespace-wide-hides-tracing': () =>
    resolve([
      telemetry('shop/metrics', { metrics: [] }),
      telemetry('shop/later', { tracing: [{}] }, 1),
    ]),
  'root-selector-without-effect': () =>
    resolve([
      telemetry('istio-system/it', { selector: reviews, tracing: [{}] }),
    ]),
  'selector-on-waypoint': () => resolve([own({})], waypoint()),
  'selector-on-gateway-disabled': () =>
    resolve([own({})], gateway(), {
      istiod: { environmentKnown: true, selectorBasedGatewayPolicy: false },
    }),
  'gateway-class-without-effect': () =>
    resolve(
      [
        telemetry('istio-system/class', {
          targetRefs: [
            { group: gatewayApi, kind: 'GatewayClass', name: 'istio-waypoint' },
          ],
          tracing: [{}],
        }),
      ],
      waypoint(),
    ),
  'gateway-policy-skips-service': () =>
    resolve(
      [
        telemetry('shop/gw', {
          targetRefs: [
            { group: gatewayApi, kind: 'Gateway', name: 'waypoint' },
          ],
          tracing: [{}],
        }),
      ],
      waypoint(),
      {},
      { ...service, namespace: 'other' },
    ),
  'ambient-without-waypoint': () =>
    behind({ to: pods, state: 'no-waypoint', fromIngress: false }),
  'waypoint-missing': () => behind(way({ state: 'waypoint-missing' })),
  'waypoint-not-ready': () => behind(way({ state: 'waypoint-not-ready' })),
  'waypoint-attachment-denied': () =>
    behind(way({ state: 'attachment-denied' })),
  'waypoint-other-traffic': () => behind(way({ state: 'other-traffic' })),
  'waypoint-skipped-by-ingress': () => behind(way({})),
  'waypoint-differs-by-service': () =>
    behindWith(
      [
        telemetry('shop/other', {
          targetRefs: [{ group: '', kind: 'Service', name: 'other' }],
          tracing: [percent(7)],
        }),
      ],
      way({}),
      way({ to: { kind: 'Service', namespace: 'shop', name: 'other' } }),
    ),
  'selector-without-sidecar': () => behindWith([own(percent(5))], way({})),
  'overlapping-workload-telemetries': () =>
    resolve([
      own(percent(1)),
      telemetry('shop/too', { selector: reviews, tracing: [percent(2)] }, 2),
    ]),
  'mode-without-effect': () =>
    resolve([wide({ match: { mode: 'SERVER' } })], gateway()),
  'sampling-below-resolution': () => resolve([wide(percent(0.005))]),
  'zero-percent-reporting': () => resolve([wide(percent(0))]),
  'mesh-zero-percent': () => resolve([root(percent(0)), own(percent(50))]),
  'sampling-cuts-traces': () => resolve([root(percent(50)), own(percent(10))]),
  'request-id-not-used': () =>
    resolve([wide({ useRequestIdForTraceSampling: false })]),
  'tag-name-reserved': () =>
    resolve([
      wide({ customTags: { 'http.url': { literal: { value: 'x' } } } }),
    ]),
  'field-needs-newer-version': () =>
    resolve(
      [wide({ disableContextPropagation: true })],
      sidecar({ version: '1.29.0' }),
    ),
  'proxy-config-sampling-out-of-range': () =>
    resolve([], sidecar({ proxyConfig: { tracing: { sampling: 300 } } })),
  'istiod-sampling-out-of-range': () =>
    resolve([], sidecar(), {
      istiod: { environmentKnown: true, traceSamplingPercent: 300 },
    }),
  'mesh-config-malformed': () =>
    resolve([], sidecar(), {
      meshConfig: { ...mesh, enableTracing: 'yes' as never },
    }),
  'mesh-config-assumed': () =>
    resolve([], sidecar(), { meshConfigKnown: false }),
  'istiod-environment-assumed': () =>
    resolve([], sidecar(), { istiod: { environmentKnown: false } }),
  'discovery-selectors': () =>
    resolve([], sidecar(), {
      meshConfig: { ...mesh, discoverySelectors: [{}] },
    }),
  'legacy-path': () =>
    resolve([], sidecar(), { meshConfig: meshWithoutDefault }),
  'reporting-disabled': () => resolve([wide({ disableSpanReporting: true })]),
  'sampling-not-first-hop': () => resolve([own(percent(50))]),
  'provider-sampler-decides': () => resolve([named('dyn')]),
  'custom-tags-replaced': () =>
    resolve([
      wide({ customTags: { team: { literal: { value: 'x' } } } }),
      own({ customTags: { tier: { literal: { value: 'y' } } } }),
    ]),
  'tag-environment-missing': () =>
    resolve(
      [wide({ customTags: { pod: { environment: { name: 'POD' } } } })],
      sidecar({ environment: ['HOME'] }),
    ),
  'second-provider-ignored': () =>
    resolve([wide({ providers: [{ name: 'otel' }, { name: 'zipkin' }] })]),
  'second-default-provider-ignored': () =>
    resolve([], sidecar(), {
      meshConfig: {
        ...mesh,
        defaultProviders: { tracing: ['otel', 'zipkin'] },
      },
    }),
  'proxy-config-outdated': () =>
    resolve([], sidecar(), {
      meshConfig: { ...mesh, defaultConfig: { tracing: { sampling: 42 } } },
    }),
};

describe('findings', () => {
  it.each(Object.keys(situations) as TracingFindingCode[])(
    '%s appears in its situation, with the mend of the catalog',
    code => {
      const found = situations[code]().findings.find(
        finding => finding.code === code,
      );
      expect(found).toMatchObject({
        severity: findingCatalog[code].severity,
        whatToDo: findingCatalog[code].whatToDo,
      });
      expect(found?.what).toMatch(/[a-z]/i);
      expect(found?.what.endsWith('.')).toBe(true);
    },
  );

  it('are absent where all is well', () => {
    expect(codesOf(resolve([root(percent(10))]))).toEqual([]);
  });

  it('come most urgent first', () => {
    const { findings } = resolve([
      wide({ providers: [{ name: 'nobody' }, { name: 'otel' }] }),
      telemetry('shop/later', {}, 1),
    ]);
    expect(findings.map(finding => finding.severity)).toEqual([
      'error',
      'warning',
      'info',
    ]);
  });

  it('name the resource, and the side if only one is concerned', () => {
    const { findings } = resolve(
      [wide({ match: { mode: 'CLIENT' }, providers: [{ name: 'otel' }] })],
      sidecar(),
      { meshConfig: meshWithoutDefault },
    );
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'tracing-off-by-omission',
        what: expect.stringMatching(/^On the server side: shop\/all/),
        resources: ['shop/all'],
      }),
    ]);
  });
});

describe('the finding that a percentage may have no influence', () => {
  it('is absent where most spans of the proxy start a trace', () => {
    const proxy = sidecar({ rootSpanShare: 0.9 });
    expect(codesOf(resolve([own(percent(50))], proxy))).toEqual([]);
  });

  it('tells the measured share of spans that start a trace', () => {
    const proxy = sidecar({ rootSpanShare: 0.021 });
    const [finding] = resolve([own(percent(50))], proxy).findings;
    expect(finding?.what).toContain('2.1 % started a trace');
  });

  it('is absent for a gateway, which is the first to decide', () => {
    expect(codesOf(resolve([own(percent(50))], gateway()))).toEqual([]);
  });

  it('does not say that traces are cut before Istio 1.31, nor with Zipkin', () => {
    const telemetries = [root(percent(50)), own(percent(10))];
    const old = sidecar({ version: '1.30.0' });
    expect(codesOf(resolve(telemetries, old))).not.toContain(
      'sampling-cuts-traces',
    );
    const zipkin = [root({ ...percent(50), providers: [{ name: 'zipkin' }] })];
    expect(codesOf(resolve([...zipkin, own(percent(10))]))).not.toContain(
      'sampling-cuts-traces',
    );
  });
});

describe('with an unreadable mesh config', () => {
  it('a named provider is taken to exist', () => {
    const effective = resolve([named('anything')], sidecar(), {
      meshConfig: {},
      meshConfigKnown: false,
    });
    expect(effective.server?.enabled.value).toBe(true);
    expect(codesOf(effective)).toEqual(['mesh-config-assumed']);
  });
});

describe('a Telemetry whose name says that errors are meant', () => {
  const codes = (name: string, value = 100) =>
    codesOf(
      resolve([telemetry(`shop/${name}`, { tracing: [percent(value)] })]),
    );

  it.each(['error-sampling', 'trace-errors', 'on.failure', '5xx-only'])(
    'is %s',
    name => {
      expect(codes(name)).toContain('error-sampling-misunderstood');
      expect(codes(name, 5)).toContain('error-sampling-misunderstood');
    },
  );

  it.each(['mirrors', 'terror', 'errorless', 'default'])('is not %s', name => {
    expect(codes(name)).not.toContain('error-sampling-misunderstood');
  });
});

describe('enableTracing', () => {
  const code = 'enable-tracing-without-effect';
  const withMesh = (meshConfig: MeshConfig) =>
    codesOf(resolve([], sidecar(), { meshConfig }));

  it('true beside a provider is no finding, since Istio installs it so', () => {
    expect(withMesh({ ...mesh, enableTracing: true })).not.toContain(code);
  });

  it('true without any provider is said to make no spans', () => {
    expect(withMesh({ ...meshWithoutDefault, enableTracing: true })).toContain(
      code,
    );
    expect(withMesh(meshWithoutDefault)).not.toContain(code);
  });

  it('false is no finding where nothing else decides, since it does what it says', () => {
    expect(
      withMesh({ ...meshWithoutDefault, enableTracing: false }),
    ).not.toContain(code);
  });
});

describe("istiod's release", () => {
  const codes = (version: string | undefined) =>
    codesOf(
      resolve([], sidecar(), {
        istiod: { environmentKnown: true, ...(version ? { version } : {}) },
      }),
    );

  it.each(['1.19.9', '1.33.0', '2.0.0'])(
    '%s is said to be one whose rules were not read',
    version => {
      expect(codes(version)).toContain('istiod-version-unknown-to-product');
    },
  );

  it.each(['1.20.0', '1.31.2', '1.32-alpha', 'latest', undefined])(
    '%s is no finding: its rules were read, or it can not be told',
    version => {
      expect(codes(version)).not.toContain('istiod-version-unknown-to-product');
    },
  );
});

describe('resource detectors of a provider', () => {
  it('are told by name', () => {
    const meshConfig = {
      ...mesh,
      extensionProviders: [
        {
          name: 'otel',
          opentelemetry: {
            service: 'otel.obs',
            port: 4317,
            resource_detectors: { environment: {}, dynatrace: {} },
          },
        },
      ],
    };
    expect(
      resolve([], sidecar(), { meshConfig }).server?.provider.value,
    ).toMatchObject({ resourceDetectors: ['dynatrace', 'environment'] });
  });
});

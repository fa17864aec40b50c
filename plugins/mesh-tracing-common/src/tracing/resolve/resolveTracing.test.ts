import {
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
} from '../../testing/tracing';
import { createTracingResolver } from './resolveTracing';
import {
  spanReporting as spanReportingOf,
  tracedSide,
} from '../sides/tracedSide';

const gatewayRef = {
  group: 'gateway.networking.k8s.io',
  kind: 'Gateway',
  name: 'waypoint',
};

describe('where a value comes from', () => {
  const chain = [
    telemetry('istio-system/mesh', {
      tracing: [{ randomSamplingPercentage: 10 }],
    }),
    telemetry('shop/all', { tracing: [{ randomSamplingPercentage: 20 }] }, 1),
    telemetry(
      'shop/reviews',
      { selector: reviews, tracing: [{}, { randomSamplingPercentage: 50 }] },
      2,
    ),
  ];

  it('names the nearest resource and entry, and what it replaces in order', () => {
    const proxy = sidecar({ proxyConfig: { tracing: { sampling: 3 } } });
    const { server } = resolve(chain, proxy);
    expect(server?.samplingPercent).toEqual({
      value: 50,
      source: {
        kind: 'telemetry',
        namespace: 'shop',
        name: 'reviews',
        entry: 1,
        level: 'workload',
      },
      shadowed: [
        {
          value: 20,
          source: expect.objectContaining({ name: 'all', level: 'namespace' }),
        },
        {
          value: 10,
          source: expect.objectContaining({ name: 'mesh', level: 'root' }),
        },
        { value: 3, source: { kind: 'proxy-config', origin: 'pod' } },
        { value: 1, source: { kind: 'built-in-default' } },
      ],
    });
    expect(server?.samplingParts).toBe(5000);
  });

  it('lists the chain in the order of application', () => {
    expect(resolve(chain).chain).toEqual([
      { namespace: 'istio-system', name: 'mesh', level: 'root' },
      { namespace: 'shop', name: 'all', level: 'namespace' },
      { namespace: 'shop', name: 'reviews', level: 'workload' },
    ]);
  });

  it('names the default provider, and the provider for its own values', () => {
    const zipkin = {
      ...mesh,
      defaultProviders: { tracing: ['ZIPKIN'] },
    };
    const { client } = resolve([], sidecar(), { meshConfig: zipkin });
    expect(client?.provider).toMatchObject({
      value: { name: 'zipkin', kind: 'zipkin', canTrace: true },
      source: { kind: 'mesh-default-provider', provider: 'ZIPKIN' },
    });
    expect(client?.maxTagLength).toMatchObject({
      value: 100,
      source: { kind: 'provider', provider: 'zipkin' },
      shadowed: [{ value: 256, source: { kind: 'built-in-default' } }],
    });
  });

  it.each([
    [{ environmentKnown: false }, 1, true],
    [{ environmentKnown: true, traceSamplingPercent: 80 }, 80, false],
    [{ environmentKnown: true, traceSamplingPercent: 0 }, 0, false],
    [{ environmentKnown: true, traceSamplingPercent: 300 }, 1, false],
  ])('takes %j of istiod as %s percent', (istiod, value, assumed) => {
    const { server } = resolve([], sidecar(), { istiod });
    expect(server?.samplingPercent).toMatchObject({
      value,
      source: {
        kind: 'istiod-environment',
        variable: 'PILOT_TRACE_SAMPLING',
        assumed,
      },
    });
  });

  it('hides the default ProxyConfig behind any that the pod reports', () => {
    const meshConfig = {
      ...mesh,
      defaultConfig: { tracing: { sampling: 42 } },
    };
    const sampling = (proxy = sidecar()) =>
      resolve([], proxy, { meshConfig }).server?.samplingPercent.value;
    expect(sampling(sidecar({ proxyConfig: { concurrency: 2 } }))).toBe(1);
    expect(sampling(sidecar({ proxyConfig: undefined }))).toBe(42);
  });

  it('lets an empty map of tags reveal those of the ProxyConfig', () => {
    const own = { pc: { literal: { value: 'x' } } };
    const proxy = sidecar({ proxyConfig: { tracing: { customTags: own } } });
    const telemetries = [
      telemetry('shop/all', { tracing: [{ customTags: {} }] }),
    ];
    expect(resolve(telemetries, proxy).server?.customTags).toMatchObject({
      value: own,
      source: { kind: 'proxy-config', origin: 'pod' },
    });
  });

  it('gives everything to the sampler of a provider that has one', () => {
    const telemetries = [
      telemetry('shop/all', {
        tracing: [
          { providers: [{ name: 'dyn' }], randomSamplingPercentage: 5 },
        ],
      }),
    ];
    expect(resolve(telemetries).server?.samplingPercent).toMatchObject({
      value: 100,
      source: { kind: 'provider-sampler', provider: 'dyn' },
      shadowed: [{ value: 5 }, { value: 1 }],
    });
  });
});

describe('the sides that a proxy traces', () => {
  it('are both for a sidecar, the client for a gateway, the server for a waypoint', () => {
    const sides = (proxy = sidecar()) => {
      const { client, server } = resolve([], proxy);
      return [client !== undefined, server !== undefined];
    };
    expect(sides()).toEqual([true, true]);
    expect(sides(gateway())).toEqual([true, false]);
    expect(sides(waypoint())).toEqual([false, true]);
  });

  it('are changed one without the other by an entry with a mode', () => {
    const { client, server } = resolve([
      telemetry('shop/all', {
        tracing: [
          { match: { mode: 'CLIENT' }, randomSamplingPercentage: 5 },
          { match: { mode: 'SERVER' }, disableSpanReporting: true },
        ],
      }),
    ]);
    expect(client?.samplingPercent.value).toBe(5);
    expect(client?.enabled.value).toBe(true);
    expect(server?.samplingPercent.value).toBe(1);
    expect(server?.enabled).toMatchObject({
      value: false,
      source: { kind: 'telemetry', name: 'all', entry: 1 },
    });
  });
});

describe('whether a listener traces', () => {
  it.each(['prometheus', 'ls', 'nobody'])(
    'depends on the provider: with %s it does not',
    name => {
      const { server } = resolve([
        telemetry('shop/all', { tracing: [{ providers: [{ name }] }] }),
      ]);
      expect(server?.enabled.value).toBe(false);
    },
  );

  it('needs the host of the provider, whatever its port', () => {
    const enabled = (...known: string[]) =>
      resolve([], sidecar(), { knownServices: new Set(known) }).server?.enabled
        .value;
    expect(enabled('otel.obs:9999')).toBe(true);
    expect(enabled('other.obs:4317')).toBe(false);
    expect(enabled('a/otel.obs:1', 'b/otel.obs:1')).toBe(false);
  });

  it('is up to enableTracing on the legacy path', () => {
    const on = resolve([], sidecar(), { meshConfig: meshWithoutDefault });
    expect(on).toMatchObject({ path: 'legacy' });
    expect(on.server?.enabled.value).toBe(true);
    const off = resolve([], sidecar(), {
      meshConfig: { ...meshWithoutDefault, enableTracing: false },
    });
    expect(off.server?.enabled).toMatchObject({
      value: false,
      source: { kind: 'mesh-config', field: 'enableTracing' },
    });
  });

  it.each([
    ['no-tracer', {}, {}],
    ['reported', {}, { tracing: { zipkin: { address: 'zipkin:9411' } } }],
    ['tracing-disabled', { enableTracing: false }, {}],
  ])(
    'says of the legacy path whether spans leave the proxy: %s',
    (spanReporting, meshConfig, proxyConfig) => {
      const { server, client } = resolve([], sidecar({ proxyConfig }), {
        meshConfig: { ...meshWithoutDefault, ...meshConfig },
      });
      expect([server?.spanReporting, client?.spanReporting]).toEqual([
        spanReporting,
        spanReporting,
      ]);
    },
  );

  it.each<[string, Parameters<typeof telemetry>[1]]>([
    ['reported', { tracing: [{ randomSamplingPercentage: 5 }] }],
    ['reporting-disabled', { tracing: [{ disableSpanReporting: true }] }],
    ['no-provider', { tracing: [{ providers: [{ name: 'nobody' }] }] }],
    ['provider-unusable', { tracing: [{ providers: [{ name: 'ls' }] }] }],
  ])('says of Telemetries whether spans leave the proxy: %s', (is, spec) => {
    const effective = resolve([telemetry('shop/all', spec)]);
    expect(effective.server?.spanReporting).toBe(is);
    expect(spanReportingOf(effective)).toBe(is);
    expect(tracedSide(effective) !== undefined).toBe(is === 'reported');
  });

  it('ends with any entry that leaves the legacy path without a provider', () => {
    const { path, server } = resolve(
      [telemetry('shop/all', { tracing: [{}] })],
      sidecar(),
      { meshConfig: meshWithoutDefault },
    );
    expect(path).toBe('telemetry');
    expect(server?.enabled.value).toBe(false);
  });
});

describe('versions of Istio', () => {
  const tracing = [
    {
      customTags: {
        f: { formatter: { value: '%REQ(a)%' } },
        l: { literal: { value: 'x' } },
      },
      disableContextPropagation: true,
      enableIstioTags: false,
    },
  ];
  const serverOf = (proxyVersion: string, istiodVersion = '1.31.0') =>
    resolve(
      [telemetry('shop/all', { tracing })],
      sidecar({ version: proxyVersion }),
      { istiod: { version: istiodVersion, environmentKnown: true } },
    ).server;

  it.each([
    ['1.28.5', ['l'], false],
    ['1.29.0', ['f', 'l'], false],
    ['1.30.0', ['f', 'l'], true],
    ['not a version', ['f', 'l'], true],
  ])('a proxy of %s sends %j', (version, tags, noContext) => {
    const server = serverOf(version);
    expect(Object.keys(server?.customTags.value ?? {})).toEqual(tags);
    expect(server?.disableContextPropagation.value).toBe(noContext);
  });

  it('has no switch for its own tags before 1.25', () => {
    expect(serverOf('1.24.0', '1.24.3')?.istioTags.value).toBe(true);
    expect(serverOf('1.25.0', '1.25.0')?.istioTags.value).toBe(false);
  });

  it.each([
    ['1.25.0', undefined, false],
    ['1.27.0', undefined, false],
    ['1.27.0', true, true],
    ['1.29.0', undefined, true],
    ['1.30.0', false, false],
    ['1.31.0', false, true],
  ])(
    'istiod %s, flag %s: upstream span at gateways %s',
    (version, flag, span) => {
      const istiod = {
        version,
        environmentKnown: true,
        spawnUpstreamSpanForGateway: flag,
      };
      expect(resolve([], gateway(), { istiod }).client?.spawnUpstreamSpan).toBe(
        span,
      );
      expect(resolve([], sidecar(), { istiod }).client?.spawnUpstreamSpan).toBe(
        false,
      );
    },
  );

  it('starts an upstream span everywhere with SkyWalking, and has no length', () => {
    const { server } = resolve([
      telemetry('shop/all', { tracing: [{ providers: [{ name: 'sky' }] }] }),
    ]);
    expect(server).toMatchObject({
      spawnUpstreamSpan: true,
      tracer: 'envoy.tracers.skywalking',
      maxTagLength: { value: 256 },
    });
  });

  it.each([
    ['1.29.9', 30],
    ['1.30.2', 30],
    ['1.30.3', 20],
    ['1.31.0', 20],
    [undefined, 20],
  ])(
    'istiod %s: a waypoint for a service elsewhere samples %s percent',
    (version, percent) => {
      const { server } = resolve(
        [
          telemetry('shop/gw', {
            targetRefs: [gatewayRef],
            tracing: [{ randomSamplingPercentage: 30 }],
          }),
          telemetry('other/all', {
            tracing: [{ randomSamplingPercentage: 20 }],
          }),
        ],
        waypoint(),
        { istiod: { version, environmentKnown: true } },
        { ...service, namespace: 'other' },
      );
      expect(server?.samplingPercent.value).toBe(percent);
    },
  );

  it('traces with stackdriver up to 1.22 and with lightstep up to 1.26', () => {
    const enabled = (name: string, version: string) =>
      resolve(
        [telemetry('shop/all', { tracing: [{ providers: [{ name }] }] })],
        sidecar(),
        { istiod: { version, environmentKnown: true } },
      ).server?.enabled.value;
    expect(enabled('stackdriver', '1.22.0')).toBe(true);
    expect(enabled('stackdriver', '1.23.0')).toBe(false);
    expect(enabled('ls', '1.26.0')).toBe(true);
    expect(enabled('ls', '1.27.0')).toBe(false);
  });
});

describe('ignored Telemetries', () => {
  const reasonOf = (
    spec: Parameters<typeof telemetry>[1],
    proxy = sidecar(),
    id = 'shop/it',
    istiod = {},
  ) =>
    resolve(
      [telemetry('shop/first', { tracing: [{}] }, -1), telemetry(id, spec)],
      proxy,
      { istiod: { environmentKnown: true, ...istiod } },
    ).ignored.find(ignored => `${ignored.namespace}/${ignored.name}` === id)
      ?.reason;
  const tracing = [{ randomSamplingPercentage: 5 }];

  it('say why they do not apply', () => {
    const other = { matchLabels: { app: 'ratings' } };
    const targetRefs = [gatewayRef];
    expect(reasonOf({ tracing })).toBe('older-namespace-wide');
    expect(reasonOf({ selector: other, tracing })).toBe(
      'selector-does-not-match',
    );
    expect(reasonOf({ targetRefs, tracing })).toBe('target-refs-on-sidecar');
    expect(reasonOf({ targetRefs, tracing }, gateway())).toBe(
      'target-ref-does-not-match',
    );
    expect(reasonOf({ selector: reviews, tracing }, waypoint())).toBe(
      'selector-on-waypoint',
    );
    expect(
      reasonOf({ selector: reviews, tracing }, gateway(), 'shop/it', {
        selectorBasedGatewayPolicy: false,
      }),
    ).toBe('selector-on-gateway-disabled');
    expect(
      reasonOf({ selector: reviews, tracing }, sidecar(), 'istio-system/it'),
    ).toBe('root-namespace-selector');
    expect(
      reasonOf({ targetRefs, tracing }, sidecar(), 'istio-system/it'),
    ).toBe('outside-current-namespace');
    expect(reasonOf({ selector: reviews, metrics: [] })).toBe('no-tracing');
    expect(
      reasonOf(
        { selector: reviews, tracing: [{ match: { mode: 'SERVER' } }] },
        gateway(),
      ),
    ).toBe('mode-without-effect');
    expect(reasonOf({ tracing: 'much' } as never)).toBe('malformed');
  });

  it('belong to another revision, unless istiod has none', () => {
    const labelled = telemetry('shop/canary', { tracing });
    labelled.metadata.labels = { 'istio.io/rev': 'canary' };
    const reasons = (revision?: string) =>
      resolve([labelled], sidecar(), {
        istiod: { environmentKnown: true, revision },
      }).ignored.map(ignored => ignored.reason);
    expect(reasons('stable')).toEqual(['other-revision']);
    expect(reasons('canary')).toEqual([]);
    expect(reasons('')).toEqual([]);
  });
});

describe('a resolver for many workloads', () => {
  it('answers each like a resolver of its own', () => {
    const inputs = inputsOf([
      telemetry('istio-system/mesh', {
        tracing: [{ randomSamplingPercentage: 10 }],
      }),
      telemetry('shop/reviews', {
        selector: reviews,
        tracing: [{ randomSamplingPercentage: 50 }],
      }),
    ]);
    const proxies = [
      sidecar(),
      sidecar({ labels: { app: 'ratings' } }),
      sidecar({ proxyConfig: { tracing: { sampling: 7 } } }),
      sidecar({ version: '1.28.0' }),
      gateway(),
      waypoint(),
      sidecar({ namespace: 'istio-system' }),
    ];
    const resolver = createTracingResolver(inputs);
    for (const proxy of [...proxies, ...proxies]) {
      expect(resolver.resolve(proxy)).toEqual(
        createTracingResolver(inputs).resolve(proxy),
      );
    }
  });
});

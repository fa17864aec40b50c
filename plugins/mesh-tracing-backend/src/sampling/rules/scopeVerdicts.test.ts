import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import {
  ALLOWED,
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import type {
  SamplingHarness,
  SamplingHarnessOptions,
} from '../../testing/sampling/samplingHarness';

const PROVIDERS = [
  { name: 'jaeger', opentelemetry: { service: 'jaeger', port: 4317 } },
  { name: 'old', zipkin: { service: 'zipkin', port: 9411 } },
];

const CARTS_OWN: Telemetry = {
  metadata: {
    namespace: 'shop',
    name: 'cart',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: {
    selector: { matchLabels: { app: 'cart' } },
    tracing: [{ providers: [{ name: 'jaeger' }] }],
  },
};

describe('a change of a whole namespace', () => {
  let harness: SamplingHarness;
  afterEach(() => harness.close());

  const start = async (options: SamplingHarnessOptions) => {
    harness = await samplingHarness({
      workloads: [
        workload('cart'),
        // Traces as its ProxyConfig says, for want of a provider.
        workload('pay', {
          proxyConfig: { tracing: { zipkin: { address: 'zipkin:9411' } } },
        }),
      ],
      ...options,
      config: { scopes: ['namespace'], ...options.config },
    });
  };
  const refused = async (
    request: Parameters<SamplingHarness['request']>[0],
  ) => {
    const { verdicts } = await harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request({ scope: 'namespace', ...request }),
    );
    return verdicts.filter(({ allowed }) => !allowed);
  };
  const withoutDefault = { extensionProviders: PROVIDERS };
  const withDefault = {
    defaultProviders: { tracing: ['jaeger'] },
    extensionProviders: PROVIDERS,
  };

  it('does not switch tracing off by omission, even for one workload', async () => {
    await start({ meshConfig: withoutDefault, telemetries: [CARTS_OWN] });
    expect(await refused({})).toContainEqual({
      rule: 'stays-on',
      allowed: false,
      field: 'provider',
      message: expect.stringContaining('main/shop/Deployment/pay'),
    });
    expect(await refused({ provider: 'jaeger' })).toEqual([]);
  });

  it('names a provider where the mesh has none, though no switch allows one', async () => {
    await start({ meshConfig: withoutDefault, telemetries: [] });
    expect((await refused({})).map(({ rule }) => rule)).toContain(
      'provider-required',
    );
    expect(await refused({ provider: 'jaeger' })).toEqual([]);
  });

  it('sends no spans to another provider unless providers may be chosen', async () => {
    await start({ meshConfig: withDefault });
    expect(await refused({ provider: 'old' })).toMatchObject([
      { rule: 'fields', field: 'provider' },
    ]);
    expect(await refused({ provider: 'jaeger' })).toEqual([]);
  });

  it('sends spans to another provider where providers may be chosen', async () => {
    await start({
      meshConfig: withDefault,
      config: { fields: { provider: true } },
    });
    expect(await refused({ provider: 'old' })).toEqual([]);
  });

  it('switches tracing off where that is asked for and allowed', async () => {
    await start({
      meshConfig: withDefault,
      config: { fields: { disableSpanReporting: true } },
    });
    expect(await refused({ disableSpanReporting: true })).toEqual([]);
  });

  it('is refused where no workload has a proxy', async () => {
    await start({ workloads: [workload('cart', { proxy: 'none' })] });
    expect((await refused({})).map(({ rule }) => rule)).toContain('in-mesh');
  });
});

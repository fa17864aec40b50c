import {
  createTracingResolver,
  type Telemetry,
  type TelemetryTracing,
  tracingProxyOf,
} from '../../tracing';
import { mergeTracing } from './mergeTracing';
import { testWorkload } from '../../testing/testWorkload';

const CHANGE: TelemetryTracing = { randomSamplingPercentage: 50 };

function telemetry(tracing?: Array<TelemetryTracing | null>): Telemetry {
  return {
    metadata: { namespace: 'shop', name: 'theirs', resourceVersion: '7' },
    spec: { metrics: [{}], ...(tracing && { tracing }) },
  };
}

const merged = (tracing?: Array<TelemetryTracing | null>) =>
  mergeTracing(telemetry(tracing), CHANGE).spec?.tracing;

describe('a change in a Telemetry of others', () => {
  it('replaces its fields in the only entry and keeps the others', () => {
    expect(
      merged([
        {
          randomSamplingPercentage: 5,
          customTags: { team: { literal: { value: 'a' } } },
        },
      ]),
    ).toEqual([
      {
        randomSamplingPercentage: 50,
        customTags: { team: { literal: { value: 'a' } } },
      },
    ]);
  });

  it('replaces custom tags as a whole, as Istio does', () => {
    const customTags = { mine: { literal: { value: 'b' } } };
    const { spec } = mergeTracing(
      telemetry([{ customTags: { theirs: { literal: { value: 'a' } } } }]),
      { customTags },
    );
    expect(spec?.tracing).toEqual([{ customTags }]);
  });

  it.each([undefined, [], [null]])('is the only entry in %j', tracing => {
    expect(merged(tracing)).toEqual([CHANGE]);
  });

  it.each([
    ['one side', [{ match: { mode: 'CLIENT' } as const }]],
    [
      'several',
      [
        { randomSamplingPercentage: 1 },
        { useRequestIdForTraceSampling: false },
      ],
    ],
  ])('follows entries for %s, which stay as they are', (_, entries) => {
    expect(merged(entries)).toEqual([...entries, CHANGE]);
  });

  it('touches nothing else', () => {
    const before = telemetry([{ randomSamplingPercentage: 5 }]);
    const copy = structuredClone(before);
    const after = mergeTracing(before, CHANGE);
    expect(before).toEqual(copy);
    expect({ ...after, spec: { ...after.spec, tracing: [] } }).toEqual({
      ...before,
      spec: { ...before.spec, tracing: [] },
    });
  });

  it.each([
    ['both sides', [{ randomSamplingPercentage: 5 }]],
    [
      'one side',
      [{ match: { mode: 'SERVER' } as const, randomSamplingPercentage: 5 }],
    ],
    [
      'several',
      [{ randomSamplingPercentage: 1 }, { randomSamplingPercentage: 2 }],
    ],
  ])('wins over entries for %s', (_, entries) => {
    const resolver = createTracingResolver({
      meshConfig: {
        defaultProviders: { tracing: ['jaeger'] },
        extensionProviders: [
          { name: 'jaeger', opentelemetry: { service: 'jaeger', port: 4317 } },
        ],
      },
      meshConfigKnown: true,
      telemetries: [mergeTracing(telemetry(entries), CHANGE)],
      istiod: { environmentKnown: true },
    });
    const proxy = tracingProxyOf(testWorkload('cart', { app: 'cart' }));
    const { client, server } = resolver.resolve(proxy!);
    expect([client, server].map(side => side?.samplingPercent.value)).toEqual([
      50, 50,
    ]);
  });
});

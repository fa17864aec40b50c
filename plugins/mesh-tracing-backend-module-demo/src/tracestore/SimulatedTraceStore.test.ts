import type { SpanKind } from 'backstage-plugin-mesh-tracing-common';
import { ManualClock } from '../testing/ManualClock';
import { startShop } from '../testing/shop';
import type { RecordedSpan, RecordedTrace } from './RecordedTrace';
import { SimulatedTraceStore } from './SimulatedTraceStore';
import { TraceRing } from './TraceRing';

const NOW_MS = Date.parse('2026-08-03T10:00:00Z');
const MINUTE_MS = 60_000;

function span(
  service: string,
  kind: SpanKind,
  options: Partial<RecordedSpan> = {},
): RecordedSpan {
  return {
    template: {
      service,
      operation: `${service}/*`,
      kind,
      attributes: { component: 'proxy' },
      resource: { 'service.name': service },
      scope: { name: 'envoy' },
    },
    parent: -1,
    offsetUs: 0,
    durationUs: 1_000,
    isError: false,
    attributes: {},
    ...options,
  };
}

function recorded(
  number: number,
  ageMs: number,
  spans: RecordedSpan[],
): RecordedTrace {
  return {
    traceId: number.toString(16).padStart(32, '0'),
    requestStartUs: (NOW_MS - ageMs) * 1000,
    spans,
  };
}

const CART_CALL = [
  span('cart', 'client', { durationUs: 9_000 }),
  span('pricing', 'server', {
    parent: 0,
    offsetUs: 500,
    durationUs: 8_000,
    isError: true,
    attributes: { tenant: 'acme', 'http.status_code': '503' },
  }),
];

function setUp(traces: RecordedTrace[], capacity = 100) {
  const clock = new ManualClock(NOW_MS);
  const ring = new TraceRing(capacity);
  traces.forEach(trace => ring.add(trace));
  const store = SimulatedTraceStore.create({ name: 'demo', ring, clock });
  const search = (query: Partial<Parameters<typeof store.search>[0]>) =>
    store.search({
      services: ['cart'],
      startTimeMs: NOW_MS - 60 * MINUTE_MS,
      endTimeMs: NOW_MS,
      limit: 20,
      ...query,
    });
  const numbers = async (query: Parameters<typeof search>[0]) =>
    (await search(query)).traces.map(({ traceId }) => parseInt(traceId, 16));
  return { clock, store, search, numbers };
}

describe('SimulatedTraceStore', () => {
  it('says that it is simulated', async () => {
    expect(await setUp([]).store.status()).toEqual({
      reachable: true,
      dialect: 'simulated',
    });
  });

  it('lists services and their operations', async () => {
    const { store } = setUp([recorded(1, 1_000, CART_CALL)]);
    expect(await store.services()).toEqual(['cart', 'pricing']);
    expect(await store.operations('pricing')).toEqual(['pricing/*']);
    expect(await store.operations('nobody')).toEqual([]);
  });

  it('finds the newest traces first and says when there are more', async () => {
    const { search } = setUp([
      recorded(1, 3_000, CART_CALL),
      recorded(2, 1_000, CART_CALL),
      recorded(3, 2_000, CART_CALL),
    ]);
    const all = await search({});
    expect(all.traces.map(({ traceId }) => Number(traceId))).toEqual([2, 3, 1]);
    expect(all.coverage).toEqual({
      complete: true,
      fetchedCount: 3,
      matchedCount: 3,
      oldestStartTimeMs: NOW_MS - 3_000,
      filteredHere: [],
      failures: [],
    });
    const two = await search({ limit: 2 });
    expect(two.traces.map(({ traceId }) => Number(traceId))).toEqual([2, 3]);
    expect(two.coverage).toMatchObject({
      complete: false,
      oldestStartTimeMs: NOW_MS - 2_000,
    });
  });

  it('says that a window is incomplete whose traces it had to drop', async () => {
    const { search } = setUp(
      [
        recorded(1, 30 * MINUTE_MS, CART_CALL),
        recorded(2, 2_000, CART_CALL),
        recorded(3, 1_000, CART_CALL),
      ],
      2,
    );
    expect((await search({})).coverage.complete).toBe(false);
    const recent = await search({ startTimeMs: NOW_MS - 10 * MINUTE_MS });
    expect(recent.coverage.complete).toBe(true);
  });

  it.each([
    ['a service of which it has no span', { services: ['nobody'] }, []],
    ['any of several services', { services: ['nobody', 'pricing'] }, [1]],
    ['an operation', { operation: 'cart/*' }, [1, 2]],
    ['an operation of another service', { operation: 'pricing/*' }, []],
    ['a kind', { kind: 'server' as const }, [2]],
    ['errors', { services: ['pricing'], errorsOnly: true }, [1]],
    ['errors of the service itself', { errorsOnly: true }, []],
    [
      'an attribute',
      { services: ['pricing'], attributes: { tenant: 'acme' } },
      [1],
    ],
    ['an attribute of another span', { attributes: { tenant: 'acme' } }, []],
    ['a shortest span', { minSpanDurationUs: 5_000 }, [1]],
    ['a longest span', { maxSpanDurationUs: 5_000 }, [2]],
    ['a shortest trace', { minTraceDurationUs: 9_000 }, [1]],
    ['a longest trace', { maxTraceDurationUs: 8_999 }, [2]],
    ['a window', { endTimeMs: NOW_MS - 1_500 }, [2]],
  ])('filters by %s', async (_, query, expected) => {
    const { numbers } = setUp([
      recorded(1, 1_000, CART_CALL),
      recorded(2, 2_000, [span('cart', 'server')]),
    ]);
    expect(await numbers(query)).toEqual(expected);
  });

  it('shows a trace when it has ended, not before', async () => {
    const { clock, numbers, store } = setUp([
      recorded(1, 0, [span('cart', 'server', { durationUs: 2_000_000 })]),
    ]);
    const query = { endTimeMs: NOW_MS + MINUTE_MS };
    clock.advance(1_999);
    expect(await numbers(query)).toEqual([]);
    expect(await store.trace('1'.padStart(32, '0'))).toBeUndefined();
    clock.advance(1);
    expect(await numbers(query)).toEqual([1]);
    expect(await store.trace('1'.padStart(32, '0'))).toBeDefined();
  });

  it('gives one trace with its spans, whatever the form of the id', async () => {
    const { store } = setUp([recorded(0xab, 1_000, CART_CALL)]);
    const trace = await store.trace('AB');
    expect(trace).toMatchObject({
      traceId: 'ab'.padStart(32, '0'),
      startTimeUs: (NOW_MS - 1_000) * 1000,
      durationUs: 9_000,
      spans: [
        { service: 'cart', kind: 'client', status: 'unset', offsetUs: 0 },
        {
          service: 'pricing',
          status: 'error',
          offsetUs: 500,
          attributes: { component: 'proxy', tenant: 'acme' },
        },
      ],
    });
    expect(trace?.spans[1]?.parentSpanId).toBe(trace?.spans[0]?.spanId);
    expect(await store.trace('ac')).toBeUndefined();
    expect(await store.trace('not an id')).toBeUndefined();
  });

  it('counts calls between services, not those within one', async () => {
    const { store } = setUp([
      recorded(1, 1_000, [...CART_CALL, span('cart', 'server', { parent: 0 })]),
      recorded(2, 2_000, CART_CALL),
      recorded(3, 90 * MINUTE_MS, CART_CALL),
    ]);
    const window = { startTimeMs: NOW_MS - MINUTE_MS, endTimeMs: NOW_MS };
    expect(await store.dependencies(window)).toEqual([
      { parent: 'cart', child: 'pricing', callCount: 2 },
    ]);
  });

  it('analyses the traces of a service of the shop', async () => {
    const { mesh, clock } = await startShop({ historyMs: 5 * MINUTE_MS });
    const window = {
      startTimeMs: clock.nowMs() - 5 * MINUTE_MS,
      endTimeMs: clock.nowMs(),
    };
    const services = ['storefront.shop'];
    const { analysis } = await mesh.store.analyze(
      { services, ...window, limit: 500 },
      {
        subject: {
          services,
          workloads: [
            {
              namespace: 'shop',
              name: 'storefront',
              canonicalName: 'storefront',
            },
          ],
        },
        ...window,
        slices: 10,
      },
    );
    expect(analysis.subjectTraceCount).toBe(analysis.traceCount);
    // Browsers come straight to the storefront, so that it decides itself.
    expect(analysis.rootedTraceCount).toBe(analysis.traceCount);
    expect(analysis.latency.overall?.p50Us).toBeGreaterThan(5_000);
    const called = analysis.dependencies.nodes.map(({ name }) => name);
    expect(called).toEqual(
      expect.arrayContaining(['catalog.shop', 'recommendations.shop']),
    );
  });
});

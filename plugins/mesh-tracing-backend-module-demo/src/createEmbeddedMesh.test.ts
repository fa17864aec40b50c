import type { Span, Trace } from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { startShop, telemetry, tracesSince } from './testing/shop';

const MINUTE_MS = 60_000;

// Much traffic is simulated; a busy machine may need its time for it.
jest.setTimeout(60_000);

const rootOf = (trace: Trace) =>
  trace.spans.find(({ parentSpanId }) => parentSpanId === undefined);
const parentOf = (trace: Trace, span: Span) =>
  trace.spans.find(({ spanId }) => spanId === span.parentSpanId);

describe('the embedded mesh', () => {
  it('has traces of every traced service as soon as it started', async () => {
    const { mesh, clock } = await startShop({ historyMs: 10 * MINUTE_MS });
    const services = await mesh.store.services();
    expect(services).toEqual(
      expect.arrayContaining([
        'istio-ingressgateway.istio-ingress',
        'storefront.shop',
        'catalog.shop',
        'catalog',
        'payment.payments',
        'settlement.payments',
      ]),
    );
    const nowMs = clock.nowMs();
    const { coverage, traces } = await mesh.store.search({
      services: ['storefront.shop'],
      startTimeMs: nowMs - 10 * MINUTE_MS,
      endTimeMs: nowMs,
      limit: 20_000,
    });
    expect(coverage.complete).toBe(true);
    expect(traces.length).toBeGreaterThan(200);
  });

  it('makes only well-formed traces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1e9 }), async seed => {
        const shop = await startShop({ seed, historyMs: MINUTE_MS });
        const traces = await tracesSince(shop, 0, []);
        expect(traces.length).toBeGreaterThan(50);
        expect(traces.flatMap(defectsOf)).toEqual([]);
        await shop.mesh.stop();
      }),
      { numRuns: 5 },
    );
  });

  it('brings more traces of the storefront within seconds of an override', async () => {
    const shop = await startShop();
    shop.clock.advance(MINUTE_MS);
    const before = await tracesSince(shop, 0, ['storefront.shop']);
    const startMs = shop.clock.nowMs();
    await shop.mesh.cluster.createTelemetry(
      telemetry('shop', 'mesh-tracing.storefront', {
        selector: { matchLabels: { app: 'storefront', version: 'v12' } },
        tracing: [
          {
            randomSamplingPercentage: 100,
            customTags: {
              campaign: { literal: { value: 'summer' } },
              tier: { header: { name: 'x-customer-tier' } },
              region: { environment: { name: 'CLUSTER_REGION' } },
            },
          },
        ],
      }),
    );
    shop.clock.advance(MINUTE_MS);
    const after = await tracesSince(shop, startMs, ['storefront.shop']);
    expect(after.length).toBeGreaterThan(before.length * 10);
    const spans = after.flatMap(trace => trace.spans);
    const own = spans.filter(({ service }) => service === 'storefront.shop');
    for (const { attributes } of own) {
      expect(attributes).toMatchObject({
        campaign: 'summer',
        tier: expect.stringMatching(/^(standard|gold)$/),
        region: 'eu-central-1',
      });
      // The map is replaced, never merged: the namespace's tag is gone.
      expect(attributes.system).toBeUndefined();
    }
    const others = spans.filter(span => !own.includes(span));
    expect(others.length).toBeGreaterThan(own.length);
    expect(
      others.filter(({ attributes }) => attributes.campaign !== undefined),
    ).toEqual([]);
  });

  it('keeps whole traces behind the storefront at their own lower percentages', async () => {
    const shop = await startShop();
    shop.clock.advance(5 * MINUTE_MS);
    const traces = await tracesSince(shop, 0, ['storefront.shop']);
    const withCatalog = traces.filter(trace =>
      trace.spans.some(({ service }) => service === 'catalog.shop'),
    );
    expect(withCatalog.length).toBeGreaterThan(traces.length / 2);
  });

  describe('after twenty-two minutes', () => {
    const shop = startShop({ historyMs: 22 * MINUTE_MS });
    const all = async (...services: string[]) =>
      tracesSince(await shop, 0, services);

    it('shows nothing of the ledger, whose provider is unknown, and what is behind it', async () => {
      const { mesh } = await shop;
      expect(await mesh.store.services()).not.toContain('ledger.payments');
      const traces = await all('payment.payments');
      const behind = traces.flatMap(trace =>
        trace.spans.filter(
          span =>
            span.service === 'customers.shop' &&
            parentOf(trace, span)?.operation.startsWith('ledger.payments.'),
        ),
      );
      expect(behind.length).toBeGreaterThan(0);
    });

    it('starts new traces behind the service that does not forward headers', async () => {
      const traces = await all('loyalty.shop');
      const isCall = (span: Span) =>
        span.service === 'loyalty.shop' && span.kind === 'client';
      const calls = traces.filter(({ spans }) => spans.some(isCall));
      expect(calls.length).toBeGreaterThan(5);
      for (const trace of calls) {
        expect(isCall(rootOf(trace) as Span)).toBe(true);
      }
    });

    it('has gateway traces of a server span, an upstream span, and the service below it', async () => {
      const gateway = 'istio-ingressgateway.istio-ingress';
      for (const trace of (await all(gateway)).slice(0, 100)) {
        const [server, upstream, next] = trace.spans;
        expect(server).toMatchObject({ service: gateway, kind: 'server' });
        expect(upstream).toMatchObject({
          service: gateway,
          kind: 'client',
          parentSpanId: server?.spanId,
          operation: expect.stringMatching(/^router outbound\|8080\|\|/),
        });
        expect(upstream?.attributes.node_id).toBeUndefined();
        expect(next?.parentSpanId).toBe(upstream?.spanId);
      }
    });

    it('has a caller that asks for each item on its own', async () => {
      const counts = (await all('cart.shop')).map(
        ({ spans }) =>
          spans.filter(
            ({ service, kind }) => service === 'cart.shop' && kind === 'client',
          ).length,
      );
      expect(Math.max(...counts)).toBeGreaterThanOrEqual(10);
    });

    it('has a retry storm with attempts, connection failures and exhausted retries', async () => {
      const traces = await all('checkout.shop');
      const calls = traces.flatMap(trace =>
        trace.spans.filter(
          ({ service, operation }) =>
            service === 'checkout.shop' && operation.startsWith('inventory.'),
        ),
      );
      const flags = new Set(
        calls.map(({ attributes }) => attributes.response_flags),
      );
      expect([...flags]).toEqual(
        expect.arrayContaining(['-', 'URX', 'UF,URX']),
      );
      const attempts = traces.flatMap(trace =>
        trace.spans
          .filter(({ service }) => service === 'inventory.shop')
          .map(({ attributes }) => attributes['retry.attempt']),
      );
      expect(attempts).toEqual(expect.arrayContaining(['1', '2', '3']));
    });

    it('has a query with a slow tail, reported by the application itself', async () => {
      const durations = (await all('catalog'))
        .flatMap(({ spans }) => spans)
        .filter(({ operation }) => operation === 'SELECT products')
        .map(({ durationUs }) => durationUs)
        .sort((a, b) => a - b);
      const median = durations[Math.floor(durations.length / 2)] ?? 0;
      const high = durations[Math.floor(durations.length * 0.98)] ?? 0;
      expect(median).toBeLessThan(10_000);
      expect(high).toBeGreaterThan(500_000);
    });

    it('fails now and then, not all the time', async () => {
      const traces = await all('storefront.shop');
      const failed = traces.filter(
        trace => rootOf(trace)?.status === 'error',
      ).length;
      expect(failed / traces.length).toBeGreaterThan(0.003);
      expect(failed / traces.length).toBeLessThan(0.03);
    });
  });
});

function defectsOf(trace: Trace): string[] {
  const { traceId, spans, durationUs } = trace;
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  const endUs = Math.max(...spans.map(span => span.offsetUs + span.durationUs));
  const rules: Array<[boolean, string]> = [
    [/^(?!0{32})[0-9a-f]{32}$/.test(traceId), 'has a trace id'],
    [roots.length === 1 && spans[0] === roots[0], 'begins with its only root'],
    [spans[0]?.offsetUs === 0, 'begins with its first span'],
    [durationUs === endUs, 'ends with its last span'],
    [
      new Set(spans.map(({ spanId }) => spanId)).size === spans.length,
      'has each span id once',
    ],
    [
      spans.every(({ spanId }) => /^(?!0{16})[0-9a-f]{16}$/.test(spanId)),
      'has span ids',
    ],
    [
      spans.every(span => span === roots[0] || isWithinParent(trace, span)),
      'has spans within their parents',
    ],
  ];
  return rules
    .filter(([holds]) => !holds)
    .map(([, rule]) => `${traceId}: not true that it ${rule}`);
}

function isWithinParent(trace: Trace, span: Span): boolean {
  const parent = parentOf(trace, span);
  return (
    parent !== undefined &&
    span.durationUs > 0 &&
    parent.offsetUs <= span.offsetUs &&
    parent.offsetUs + parent.durationUs >= span.offsetUs + span.durationUs
  );
}

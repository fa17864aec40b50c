import type { Span, Trace } from 'backstage-plugin-mesh-tracing-common';
import { SHOP_TRACE_ID } from '../testing/portal/exampleTraces';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type Policy,
} from '../testing/portal/startMeshTracing';

const SECRET = 'planted-in-foreign-span';
const REDACTED = { traces: { foreignSpans: 'redacted' } };
const FRONTEND = 'component:default/frontend';

/** Traces of the frontend only; everything else is allowed. */
const frontendOnly: Policy = (permission, entityRef) =>
  permission !== 'mesh-tracing.traces.read' || entityRef === FRONTEND;

/** The call of payments, and one of a service that no entity stands for. */
function plant(trace: Trace): void {
  const payments = trace.spans.at(-1)!;
  const planted = {
    statusMessage: `refused: ${SECRET}`,
    status: 'error' as const,
    events: [
      {
        offsetUs: 1,
        name: SECRET,
        attributes: { 'exception.message': SECRET },
      },
    ],
    links: [{ traceId: SHOP_TRACE_ID, spanId: '1000000000000001' }],
    warnings: [SECRET],
    scope: { name: SECRET },
    resource: { 'host.name': SECRET },
  };
  Object.assign(payments, planted);
  Object.assign(payments.attributes, {
    'user.email': SECRET,
    'x-envoy-attempt-count': '3',
    response_flags: 'URX',
  });
  trace.spans.push({
    ...payments,
    spanId: '1000000000000004',
    parentSpanId: payments.spanId,
    service: 'nobody.else',
    operation: 'query',
    attributes: { 'db.statement': SECRET },
  });
}

/** All but the traces of payments. */
const withoutPayments: Policy = (permission, entityRef) =>
  permission !== 'mesh-tracing.traces.read' ||
  entityRef !== 'component:default/payments';

describe('spans of entities that the caller may not read', () => {
  let harness: MeshTracingHarness;
  const start = (options: Parameters<typeof startMeshTracing>[0]) => {
    beforeAll(async () => {
      harness = await startMeshTracing(options);
      plant(harness.store.traces[0]!);
    });
    afterAll(() => harness.stop());
  };
  const traceOf = async (persona: 'owner' | 'stranger' = 'owner') => {
    const { body } = await harness.ask(persona, 'trace', {
      traceId: SHOP_TRACE_ID,
    });
    return body as { trace: Trace; insights: { errorRootCauses: Span[] } };
  };
  const bySpan = ({ trace }: { trace: Trace }) =>
    new Map(trace.spans.map(span => [span.spanId.slice(-1), span]));
  const servicesOf = async () =>
    (await harness.ask('owner', 'traces')).body.traces[0];

  describe('unless the site says otherwise', () => {
    start({ policy: frontendOnly });

    it('are sent whole', async () => {
      const answer = await traceOf();
      const payments = bySpan(answer).get('3');
      expect(payments?.attributes['user.email']).toBe(SECRET);
      expect(payments?.redacted).toBeUndefined();
      expect(answer.insights.errorRootCauses).not.toEqual([]);
    });
  });

  describe('where the site wants them redacted', () => {
    start({ policy: frontendOnly, config: REDACTED });

    it('are sent with place, service, operation and times only', async () => {
      const spans = bySpan(await traceOf());
      expect(spans.get('3')).toEqual({
        spanId: '1000000000000003',
        parentSpanId: '1000000000000002',
        service: 'payments.shop',
        operation: 'payments.shop.svc.cluster.local:8080/*',
        offsetUs: 2_000,
        durationUs: 4_000,
        kind: 'unspecified',
        status: 'unset',
        attributes: {},
        resource: {},
        events: [],
        links: [],
        warnings: [],
        redacted: true,
      });
      expect(spans.get('1')?.attributes['http.status_code']).toBe('200');
      expect(spans.get('2')?.redacted).toBeUndefined();
    });

    it('have durations in a report, but neither failures nor requests', async () => {
      const { body } = await harness.ask('owner', 'report');
      expect(body).toMatchObject({ errorCount: 0, errors: [] });
      const { services, operations, links } = body.spanFigures;
      const foreign = [...services, ...operations].filter(
        ({ service }) => service !== 'frontend.shop',
      );
      expect(foreign.length).toBeGreaterThan(2);
      for (const row of foreign) {
        expect(row).toMatchObject({ errorCount: 0, requests: null });
        expect(row.p95Us).toBe(4_000);
      }
      expect(
        links.map((link: { errorCount: number }) => link.errorCount),
      ).toEqual(links.map(() => 0));
      expect(services).toContainEqual(
        expect.objectContaining({
          service: 'frontend.shop',
          requests: expect.objectContaining({ count: 1 }),
        }),
      );
    });

    it.each(['trace', 'traces', 'report', 'latency', 'dependencies'] as const)(
      'tell nothing by the route %s',
      async route => {
        for (const query of [{}, { format: 'markdown' }]) {
          const { status, text } = await harness.ask('owner', route, {
            traceId: SHOP_TRACE_ID,
            ...(route === 'report' && { query }),
          });
          expect(status).toBe(200);
          expect(text).not.toContain(SECRET);
          expect(text).not.toMatch(/URX|refused:/);
        }
      },
    );

    it('appear in no insight as failed', async () => {
      expect((await traceOf()).insights).toMatchObject({
        errorRootCauses: [],
        retries: [],
      });
    });

    it('do not count as failures in a search, whose service names stay', async () => {
      expect(await servicesOf()).toMatchObject({
        traceId: SHOP_TRACE_ID,
        errorSpanCount: 0,
        services: expect.arrayContaining([
          { name: 'payments.shop', spanCount: 1, errorSpanCount: 0 },
        ]),
      });
    });
  });

  describe('where the caller may read the others, too', () => {
    start({ config: REDACTED });

    it('include those that no entity stands for', async () => {
      const spans = bySpan(await traceOf('stranger'));
      expect(spans.get('4')?.redacted).toBe(true);
      expect(spans.get('3')?.redacted).toBeUndefined();
    });

    it('do not include those of the others, whose failures count', async () => {
      expect((await servicesOf()).services).toContainEqual({
        name: 'payments.shop',
        spanCount: 1,
        errorSpanCount: 1,
      });
    });
  });

  describe('where another entity stands for the same workload', () => {
    start({ policy: withoutPayments, config: REDACTED });

    it('are readable only to a caller who sees that entity', async () => {
      // Olivia alone sees the entity `hidden`, which stands for payments as well.
      expect(bySpan(await traceOf('owner')).get('3')?.redacted).toBeUndefined();
      expect(bySpan(await traceOf('stranger')).get('3')?.redacted).toBe(true);
    });
  });

  describe('where another entity merely claims the same workload', () => {
    const snoop = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        namespace: 'default',
        name: 'snoop',
        annotations: { 'meshtracing.io/workloads': 'shop/Deployment/payments' },
      },
      relations: [
        { type: 'ownedBy', targetRef: 'group:default/storefront-web' },
      ],
    };
    start({
      policy: withoutPayments,
      config: REDACTED,
      publicEntities: [snoop],
    });

    it('stay unreadable', async () => {
      expect(bySpan(await traceOf('stranger')).get('3')?.redacted).toBe(true);
    });
  });
});

import type { Span, Trace } from 'backstage-plugin-mesh-tracing-common';
import { SHOP_TRACE_ID } from './__testUtils__/exampleTraces';
import {
  startMeshTracing,
  type MeshTracingBench,
  type Policy,
} from './__testUtils__/startMeshTracing';

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

describe('spans of entities that the caller may not read', () => {
  let bench: MeshTracingBench;
  afterEach(() => bench.stop());

  const start = async (options: Parameters<typeof startMeshTracing>[0]) => {
    bench = await startMeshTracing(options);
    plant(bench.store.traces[0]!);
  };
  const traceOf = async (persona: 'owner' | 'stranger' = 'owner') => {
    const { body } = await bench.ask(persona, 'trace', {
      traceId: SHOP_TRACE_ID,
    });
    return body as { trace: Trace; insights: { errorRootCauses: Span[] } };
  };
  const bySpan = ({ trace }: { trace: Trace }) =>
    new Map(trace.spans.map(span => [span.spanId.slice(-1), span]));

  it('are sent whole unless the site says otherwise', async () => {
    await start({ policy: frontendOnly });
    const spans = bySpan(await traceOf());
    expect(spans.get('3')?.attributes['user.email']).toBe(SECRET);
    expect(spans.get('3')?.redacted).toBeUndefined();
  });

  it('are sent with place, service, operation and times only', async () => {
    await start({ policy: frontendOnly, config: REDACTED });
    const answer = await traceOf();
    const spans = bySpan(answer);
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

  it('are those, too, that no entity stands for', async () => {
    await start({ config: REDACTED });
    const spans = bySpan(await traceOf('stranger'));
    expect(spans.get('4')?.redacted).toBe(true);
    expect(spans.get('3')?.redacted).toBeUndefined();
  });

  it('are those of entities that the caller does not see', async () => {
    const onlyHidden: Policy = (permission, entityRef) =>
      permission !== 'mesh-tracing.traces.read' ||
      entityRef !== 'component:default/payments';
    await start({ policy: onlyHidden, config: REDACTED });
    // Olivia alone sees the entity `hidden`, which stands for payments as well.
    expect(bySpan(await traceOf('owner')).get('3')?.redacted).toBeUndefined();
    expect(bySpan(await traceOf('stranger')).get('3')?.redacted).toBe(true);
  });

  it.each(['trace', 'traces', 'report', 'latency', 'dependencies'] as const)(
    'tell nothing by the route %s',
    async route => {
      await start({ policy: frontendOnly, config: REDACTED });
      for (const query of [{}, { format: 'markdown' }]) {
        const { status, text } = await bench.ask('owner', route, {
          traceId: SHOP_TRACE_ID,
          ...(route === 'report' && { query }),
        });
        expect(status).toBe(200);
        expect(text).not.toContain(SECRET);
        expect(text).not.toMatch(/URX|refused:/);
      }
    },
  );

  it('tell by no insight that they failed', async () => {
    await start({ policy: frontendOnly, config: REDACTED });
    const { insights } = await traceOf();
    expect(insights).toMatchObject({ errorRootCauses: [], retries: [] });
    await bench.stop();
    await start({ policy: frontendOnly });
    expect((await traceOf()).insights.errorRootCauses).not.toEqual([]);
  });

  it('do not count as failures in a search, whose service names stay', async () => {
    await start({ policy: frontendOnly, config: REDACTED });
    const { body } = await bench.ask('owner', 'traces');
    expect(body.traces).toMatchObject([
      {
        traceId: SHOP_TRACE_ID,
        errorSpanCount: 0,
        services: expect.arrayContaining([
          { name: 'payments.shop', spanCount: 1, errorSpanCount: 0 },
        ]),
      },
    ]);
    await bench.stop();
    await start({ config: REDACTED });
    const seen = await bench.ask('owner', 'traces');
    expect(seen.body.traces[0].services).toContainEqual({
      name: 'payments.shop',
      spanCount: 1,
      errorSpanCount: 1,
    });
  });
});

import {
  FOREIGN_TRACE_ID,
  SHOP_TRACE_ID,
} from '../../testing/portal/exampleTraces';
import { FRONTEND, overrideRequest } from '../../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../../testing/portal/startMeshTracing';

describe('answers', () => {
  let harness: MeshTracingHarness;
  beforeEach(async () => {
    harness = await startMeshTracing();
  });
  afterEach(() => harness.stop());

  describe('workloads', () => {
    it('tell by which rule they were found, and the names in traces', async () => {
      const { body } = await harness.ask('stranger', 'workloads');
      expect(body).toMatchObject({
        entityRef: 'component:default/frontend',
        rule: 'meshtracing.io/workloads',
        workloads: [{ ...FRONTEND, podCount: 1, readyPodCount: 1 }],
        traceStore: 'main',
      });
      expect(body.traceServiceNames).toContainEqual({
        name: 'frontend.shop',
        reason: 'Istio: label app and namespace',
        found: true,
      });
    });

    it('are suggested to an entity without annotations', async () => {
      const { body } = await harness.ask('owner', 'workloads', {
        entity: 'component/default/ledger',
      });
      expect(body.rule).toBeUndefined();
      expect(body.workloads).toEqual([]);
      expect(body.explanation).not.toBe('');
    });
  });

  describe('tracing', () => {
    it('comes with the source of each value, sentences, and the YAML of the objects that it names', async () => {
      const { body } = await harness.ask('stranger', 'tracing');
      expect(body.workloads).toHaveLength(1);
      expect(body.workloads[0].effective.server.samplingPercent).toMatchObject({
        value: 10,
        source: { kind: 'telemetry', name: 'mesh-default' },
      });
      expect(body.workloads[0].explanations['server.samplingPercent']).toMatch(
        /10 %/,
      );
      expect(Object.keys(body.resources)).toEqual([
        'main/istio-system/mesh-default',
      ]);
      const [yaml] = Object.values(body.resources);
      expect(yaml).toContain('randomSamplingPercentage: 10');
      expect(yaml).not.toContain('managedFields');
    });
  });

  describe('a trace', () => {
    it('comes with the ids of the spans that are of the entity', async () => {
      const { body } = await harness.ask('stranger', 'trace', {
        traceId: SHOP_TRACE_ID,
      });
      expect(body.entitySpanIds).toEqual([
        '1000000000000001',
        '1000000000000002',
      ]);
      expect(body.trace.spans).toHaveLength(3);
      expect(body.traceUrl).toBe(
        `https://traces.example.com/trace/${SHOP_TRACE_ID}`,
      );
    });

    it('comes with its insights', async () => {
      const { body } = await harness.ask('stranger', 'trace', {
        traceId: SHOP_TRACE_ID,
      });
      expect(body.insights).toEqual({
        errorRootCauses: [
          {
            spanId: '1000000000000003',
            service: 'payments.shop',
            operation: 'payments.shop.svc.cluster.local:8080/*',
            depth: 2,
            message: 'status 200',
            offsetUs: 2000,
          },
        ],
        repeatedCalls: [],
        retries: [],
        criticalPath: [
          {
            service: 'frontend.shop',
            operation: 'frontend.shop.svc.cluster.local:8080/*',
            selfUs: 5000,
            share: 5 / 9,
          },
          {
            service: 'payments.shop',
            operation: 'payments.shop.svc.cluster.local:8080/*',
            selfUs: 4000,
            share: 4 / 9,
          },
        ],
        clockSkew: null,
      });
    });

    it('of many spans comes whole', async () => {
      const [shop] = harness.store.traces;
      const trace = shop as NonNullable<typeof shop>;
      const [span] = trace.spans;
      trace.spans = Array.from({ length: 5_001 }, (_, i) => ({
        ...(span as NonNullable<typeof span>),
        spanId: (i + 1).toString(16).padStart(16, '0'),
      }));
      const { status, body } = await harness.ask('stranger', 'trace', {
        traceId: SHOP_TRACE_ID,
      });
      expect(status).toBe(200);
      expect(body.trace.spans).toEqual(trace.spans);
      expect(body.entitySpanIds).toHaveLength(5_001);
    });

    it('of others is not found, in the words for one that does not exist', async () => {
      const unknownId = 'b'.repeat(32);
      const foreign = await harness.ask('owner', 'trace', {
        traceId: FOREIGN_TRACE_ID,
      });
      const unknown = await harness.ask('owner', 'trace', {
        traceId: unknownId,
      });
      expect([foreign.status, unknown.status]).toEqual([404, 404]);
      expect(
        foreign.body.error.message.replace(FOREIGN_TRACE_ID, unknownId),
      ).toBe(unknown.body.error.message);
      const theirs = await harness.ask('owner', 'trace', {
        traceId: FOREIGN_TRACE_ID,
        entity: 'component/default/payments',
      });
      expect(theirs.status).toBe(200);
    });
  });

  describe('dependencies', () => {
    it('are entities where the caller may see them, declared ones marked', async () => {
      const { body } = await harness.ask('stranger', 'dependencies');
      const edges = body.edges.map(
        ({ to, source, declared, callCount, errorCount }: never) => ({
          to: body.nodes.find(({ id }: { id: string }) => id === to).entityRef,
          source,
          declared,
          callCount,
          errorCount,
        }),
      );
      expect(edges).toEqual([
        {
          to: 'component:default/payments',
          source: 'traces',
          declared: true,
          callCount: 1,
          errorCount: 1,
        },
        {
          to: 'component:default/ledger',
          source: 'declared',
          declared: true,
          callCount: 0,
          errorCount: 0,
        },
      ]);
    });

    it("include the store's own index where traces show nothing", async () => {
      harness.store.stored = [
        { parent: 'frontend.shop', child: 'cache.shop', callCount: 7 },
        { parent: 'frontend.shop', child: 'payments.shop', callCount: 9 },
        { parent: 'ledger.shop', child: 'bank.shop', callCount: 9 },
      ];
      const { body } = await harness.ask('stranger', 'dependencies');
      const fromStore = body.edges.filter(
        (edge: { source: string }) => edge.source === 'store',
      );
      expect(fromStore).toMatchObject([
        { to: 'service:cache.shop', callCount: 7, direction: 'outbound' },
      ]);
    });

    it('show a call as inbound at the entity that is called', async () => {
      const { body } = await harness.ask('stranger', 'dependencies', {
        entity: 'component/default/payments',
      });
      expect(body.edges).toMatchObject([
        { direction: 'inbound', source: 'traces', callCount: 1 },
      ]);
    });
  });

  describe('owned', () => {
    const refs = (body: { entities: Array<{ entityRef: string }> }) =>
      body.entities.map(({ entityRef }) => entityRef);

    it('holds what the user owns directly, through groups, and through their parents', async () => {
      const owner = await harness.ask('owner', 'owned');
      const member = await harness.ask('member of the owning group', 'owned');
      const nested = await harness.ask(
        'member of a child of the owning group',
        'owned',
      );
      const stranger = await harness.ask('stranger', 'owned');
      expect(refs(owner.body)).toEqual([
        'component:default/frontend',
        'component:default/hidden',
      ]);
      expect(refs(member.body)).toEqual([
        'component:default/frontend',
        'component:default/unmapped',
      ]);
      expect(refs(nested.body)).toEqual(refs(member.body));
      expect(refs(stranger.body)).toEqual([
        'component:default/ledger',
        'component:default/payments',
      ]);
    });

    it('shows effective sampling and its source', async () => {
      const { body } = await harness.ask('member of the owning group', 'owned');
      expect(body.entities[0]).toMatchObject({
        ownerRef: 'group:default/storefront',
        system: 'system:default/shop',
        workloads: [
          {
            enabled: true,
            samplingPercent: 10,
            source: { kind: 'telemetry', name: 'mesh-default' },
            override: null,
          },
        ],
      });
    });

    it('shows an override of the whole namespace at each workload that it reaches', async () => {
      harness.cluster.createOutside({
        apiVersion: 'telemetry.istio.io/v1',
        kind: 'Telemetry',
        metadata: {
          namespace: 'shop',
          name: 'mesh-tracing-namespace',
          labels: { 'app.kubernetes.io/managed-by': 'mesh-tracing' },
        },
        spec: { tracing: [{ randomSamplingPercentage: 40 }] },
      });
      const { body } = await harness.ask('member of the owning group', 'owned');
      harness.cluster.deleteOutside('shop', 'mesh-tracing-namespace');
      expect(body.entities[0].workloads[0]).toMatchObject({
        samplingPercent: 40,
        override: { scope: 'namespace', namespace: 'shop' },
      });
    });

    it('can be asked for one group, which must be one that the user is a member of', async () => {
      const own = await harness.ask('member of the owning group', 'owned', {
        query: { owner: 'group:default/storefront' },
      });
      expect(own.body.owners).toEqual(['group:default/storefront']);
      const foreign = await harness.ask('member of the owning group', 'owned', {
        query: { owner: 'group:default/payments' },
      });
      expect(foreign.status).toBe(403);
      const nonsense = await harness.ask('owner', 'owned', {
        query: { owner: ':://' },
      });
      expect(nonsense.status).toBe(400);
    });
  });

  it('are audited: every read of traces and every preview', async () => {
    await harness.ask('owner', 'traces');
    await harness.ask('owner', 'trace', { traceId: SHOP_TRACE_ID });
    await harness.ask('owner', 'trace', { traceId: FOREIGN_TRACE_ID });
    await harness.ask('owner', 'latency');
    await harness.ask('owner', 'dependencies');
    await harness.ask('owner', 'preview', { body: overrideRequest() });
    const entityRef = 'component:default/frontend';
    const low = { severityLevel: 'low', outcome: 'success' };
    expect(harness.audited).toMatchObject([
      { ...low, eventId: 'trace-search', meta: { entityRef } },
      {
        ...low,
        eventId: 'trace-read',
        meta: { entityRef, traceId: SHOP_TRACE_ID },
      },
      { severityLevel: 'low', eventId: 'trace-read', outcome: 'fail' },
      { ...low, eventId: 'latency-read', meta: { entityRef } },
      { ...low, eventId: 'dependencies-read', meta: { entityRef } },
      {
        ...low,
        eventId: 'sampling-preview',
        meta: { entityRef, workload: 'main/shop/Deployment/frontend' },
      },
    ]);
  });
});

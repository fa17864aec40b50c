import { ServiceUnavailableError } from '@backstage/errors';
import { SHOP_TRACE_ID } from '../../testing/portal/exampleTraces';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../../testing/portal/startMeshTracing';

describe('answers made of traces', () => {
  let harness: MeshTracingHarness;
  beforeEach(async () => {
    harness = await startMeshTracing();
  });
  afterEach(() => harness.stop());

  describe('latency', () => {
    it('knows the sampling in force and the window before', async () => {
      const [trace] = harness.store.traces;
      const endTimeMs = Math.ceil((trace?.startTimeUs ?? 0) / 1000) + 60_000;
      const { body } = await harness.ask('stranger', 'latency', {
        query: { startTimeMs: endTimeMs - 600_000, endTimeMs },
      });
      expect(body).toMatchObject({
        basis: 'sampled-traces',
        samplingPercent: 10,
        traceCount: 1,
        previous: null,
        latency: { overall: { count: 1, p50Us: 9000 } },
      });
      const later = await harness.ask('stranger', 'latency', {
        query: { startTimeMs: endTimeMs, endTimeMs: endTimeMs + 600_000 },
      });
      expect(later.body.latency.overall).toBeNull();
      expect(later.body.previous).toMatchObject({ count: 1, p50Us: 9000 });
    });
  });

  describe('latency of all requests', () => {
    it('stands beside that of traces, and is absent without metrics', async () => {
      const without = await harness.ask('stranger', 'latency');
      expect(without.body).toMatchObject({
        basis: 'sampled-traces',
        allRequests: null,
      });
      const row = {
        service: 'frontend.shop',
        callsPerSecond: 12,
        errorRate: 0.001,
        p50Us: 1,
        p95Us: 2,
        p99Us: null,
      };
      harness.store.metrics = [row];
      const { body } = await harness.ask('stranger', 'latency');
      expect(body.basis).toBe('sampled-traces');
      expect(body.allRequests).toEqual({ basis: 'all-requests', rows: [row] });
    });

    it('leaves the rest of the answer complete where it can not be read, and says why', async () => {
      harness.store.metrics = new ServiceUnavailableError('Metrics are away');
      const { status, body } = await harness.ask('stranger', 'latency');
      expect(status).toBe(200);
      expect(body.latency.overall).toMatchObject({ count: 1 });
      expect(body.allRequests).toEqual({
        basis: 'all-requests',
        rows: [],
        problem: 'Metrics are away',
      });
    });
  });

  describe('confidence and comparison', () => {
    it('claim no p99 and no difference from few requests', async () => {
      const { body } = await harness.ask('stranger', 'latency');
      expect(body.confidence).toMatchObject({
        sampleSize: 1,
        samplingPercent: 10,
        supportsP99: false,
      });
      expect(body.comparison).toBeNull();
    });

    it('compare a slower version with the one that serves most requests', async () => {
      const [shop] = harness.store.traces;
      const trace = shop as NonNullable<typeof shop>;
      const [span] = trace.spans;
      harness.store.traces = Array.from({ length: 70 }, (_, i) => {
        const isNew = i >= 40;
        const durationUs = isNew ? 20_000 : 10_000;
        return {
          ...trace,
          traceId: (i + 1).toString(16).padStart(32, '0'),
          startTimeUs: trace.startTimeUs + i * 1000,
          durationUs,
          spans: [
            {
              ...(span as NonNullable<typeof span>),
              durationUs,
              attributes: {
                ...span?.attributes,
                'istio.canonical_revision': isNew ? 'v2' : 'v1',
              },
            },
          ],
        };
      });
      const endTimeMs = Math.ceil(trace.startTimeUs / 1000) + 60_000;
      const { body } = await harness.ask('stranger', 'latency', {
        query: { startTimeMs: endTimeMs - 600_000, endTimeMs },
      });
      expect(body.versionComparisons).toEqual([
        {
          workload: 'frontend.shop',
          version: 'v2',
          baseline: 'v1',
          comparison: {
            p50Ratio: 2,
            p95Ratio: 2,
            errorRateDifference: 0,
            verdict: 'slower',
          },
        },
      ]);
      const turnMs = trace.startTimeUs / 1000 + 40;
      const later = await harness.ask('stranger', 'latency', {
        query: { startTimeMs: turnMs, endTimeMs: turnMs + 40 },
      });
      expect(later.body.comparison).toMatchObject({
        p50Ratio: 2,
        verdict: 'slower',
      });
    });
  });

  describe('traces', () => {
    it('of a namesake in another namespace are not shown', async () => {
      const [shop] = harness.store.traces;
      const start = shop as NonNullable<typeof shop>;
      // An SDK in that namespace reports the same service name as the proxies in ours.
      const foreign = {
        ...start,
        traceId: 'c'.repeat(32),
        startTimeUs: start.startTimeUs + 1_000_000,
        spans: start.spans.map(span => ({
          ...span,
          status: 'error' as const,
          attributes: {
            node_id: 'sidecar~10.9.9.9~web-1.bank~bank.svc.cluster.local',
            'istio.canonical_service': 'web',
            'istio.namespace': 'bank',
          },
        })),
      };
      harness.store.traces = [foreign, ...harness.store.traces];
      const { body } = await harness.ask('stranger', 'traces');
      expect(
        body.traces.map(({ traceId }: { traceId: string }) => traceId),
      ).toEqual([SHOP_TRACE_ID]);
      expect(body.coverage).toMatchObject({
        fetchedCount: 2,
        belongingCount: 1,
      });
      const { body: latency } = await harness.ask('stranger', 'latency');
      expect(latency.latency.overall).toMatchObject({
        count: 1,
        errorCount: 0,
      });
    });
  });

  describe('the report', () => {
    it('holds counts, latency, errors with message and time, and dependencies', async () => {
      const [shop] = harness.store.traces;
      const failing = shop as NonNullable<typeof shop>;
      failing.spans = failing.spans.map(span =>
        span.spanId === '1000000000000002'
          ? { ...span, status: 'error', statusMessage: 'no | route\n# left' }
          : span,
      );
      const { body } = await harness.ask('stranger', 'report');
      expect(body).toMatchObject({
        entityRef: 'component:default/frontend',
        store: 'main',
        traceCount: 1,
        spanCount: 3,
        coverage: 'These are all traces of the window.',
        confidence: { sampleSize: 1, samplingPercent: 10 },
        overall: { count: 1, p50Us: 9000 },
        operations: [{ service: 'frontend.shop', count: 1 }],
        owners: ['user:default/olivia', 'group:default/storefront'],
        generatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        errorCount: 2,
        failedTraceCount: 1,
        peers: [{ direction: 'outbound', peer: 'payments.shop' }],
        criticalPath: expect.arrayContaining([
          expect.objectContaining({ service: 'payments.shop' }),
        ]),
        spanFigures: {
          errorCount: 2,
          services: [{ service: 'frontend.shop', count: 2 }, { count: 1 }],
        },
        tracing: {
          sampling: [
            {
              workload: { namespace: 'shop' },
              samplingPercent: 10,
              source: expect.objectContaining({ kind: expect.any(String) }),
              explanation: expect.stringMatching(/^10 %, /),
            },
          ],
        },
        errors: [
          { service: 'payments.shop', isSubject: false, isOrigin: true },
          {
            timeMs: failing.startTimeUs / 1000 + 1,
            traceId: SHOP_TRACE_ID,
            spanId: '1000000000000002',
            service: 'frontend.shop',
            message: 'no | route\n# left',
            status: '200',
          },
        ],
        dependencies: { edges: [{ callCount: 1 }] },
      });
      expect(harness.audited.at(-1)).toMatchObject({
        eventId: 'report-read',
        severityLevel: 'low',
        meta: { entityRef: 'component:default/frontend', format: 'json' },
        outcome: 'success',
      });

      const markdown = await harness.ask('stranger', 'report', {
        query: { format: 'markdown' },
      });
      expect(markdown.status).toBe(200);
      expect(markdown.headers['content-type']).toBe(
        'text/markdown; charset=utf-8',
      );
      expect(markdown.text).toContain('# Traces of component:default/frontend');
      expect(markdown.text).toContain('| 200 | no \\| route \\# left |');
    });

    it('leaves out the sampling in force for a caller who may not read it', async () => {
      const restricted = await startMeshTracing({
        policy: permission => permission === 'mesh-tracing.traces.read',
      });
      const { status, body } = await restricted.ask('stranger', 'report');
      await restricted.stop();
      expect(status).toBe(200);
      expect(body.tracing).toBeNull();
      expect(body.spanFigures.services).not.toHaveLength(0);
    });

    it('is refused in a format that does not exist', async () => {
      const { status, body } = await harness.ask('stranger', 'report', {
        query: { format: 'pdf' },
      });
      expect(status).toBe(400);
      expect(body.error.meshTracing.field).toBe('format');
    });
  });
});

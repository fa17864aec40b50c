import { ServiceUnavailableError } from '@backstage/errors';
import type { MeasuredRequests } from 'backstage-plugin-mesh-tracing-common';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../testing/portal/startMeshTracing';

const figures = {
  callsPerSecond: 100,
  errorRate: 0.01,
  p50Us: 20_000,
  p95Us: 90_000,
  p99Us: 200_000,
};
const row = { service: 'frontend.shop', ...figures };

const measured = (patch: Partial<MeasuredRequests> = {}): MeasuredRequests => ({
  source: { kind: 'istio', counts: 'every-request' },
  overall: figures,
  services: [row],
  operations: [],
  knowsOperations: false,
  series: { stepMs: 60_000, points: [] },
  resolutionMs: 15_000,
  missing: [],
  ...patch,
});

describe('answers about all requests', () => {
  let harness: MeshTracingHarness;
  beforeEach(async () => {
    harness = await startMeshTracing();
  });
  afterEach(() => harness.stop());

  function serveMetrics(
    answer: () => Promise<MeasuredRequests | undefined>,
  ): unknown[] {
    const asked: unknown[] = [];
    Object.assign(harness.store, {
      measureRequests: async (query: unknown) => {
        asked.push(query);
        return answer();
      },
    });
    return asked;
  }

  /** A window of ten minutes that holds the only trace of the frontend. */
  function windowOfTrace() {
    const [trace] = harness.store.traces;
    const endTimeMs = Math.ceil((trace?.startTimeUs ?? 0) / 1000) + 60_000;
    return { startTimeMs: endTimeMs - 600_000, endTimeMs };
  }

  describe('from metrics', () => {
    it('are asked for by workload and by all names that it may have in traces', async () => {
      const asked = serveMetrics(async () => measured());
      const { status, body } = await harness.ask('stranger', 'requests');
      expect(status).toBe(200);
      expect(body.requests).toEqual(measured());
      expect(asked).toMatchObject([
        {
          workloads: [{ namespace: 'shop', name: 'frontend' }],
          services: expect.arrayContaining(['frontend.shop']),
        },
      ]);
    });

    it('are there while the store of traces is away', async () => {
      serveMetrics(async () => measured());
      harness.store.failure = new ServiceUnavailableError('Jaeger is away');
      const { status, body } = await harness.ask('stranger', 'requests');
      expect(status).toBe(200);
      expect(body.requests.overall).toEqual(figures);
    });

    it('say in a sentence why they could not be read', async () => {
      serveMetrics(async () => {
        throw new ServiceUnavailableError('Prometheus did not answer');
      });
      const { status, body } = await harness.ask('stranger', 'requests');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        requests: null,
        problem: 'Prometheus did not answer',
      });
    });

    it('are null where no metrics are configured', async () => {
      const { body } = await harness.ask('stranger', 'requests');
      expect(body.requests).toBeNull();
      expect(body.problem).toBeUndefined();
    });

    it('of a store that knows whole windows only have no course over time', async () => {
      harness.store.metrics = [row, { ...row, callsPerSecond: 300 }];
      const { body } = await harness.ask('stranger', 'requests');
      expect(body.requests).toMatchObject({
        source: { kind: 'other', counts: 'every-request' },
        overall: { callsPerSecond: 400, errorRate: 0.01, p95Us: null },
        services: [row, { callsPerSecond: 300 }],
        series: { points: [] },
      });
    });
  });

  describe('about the share that was traced', () => {
    it('compare the traces of a window with its requests', async () => {
      // One request was traced; a hundred a second make 60,000 in ten minutes.
      serveMetrics(async () => measured());
      const { body } = await harness.ask('stranger', 'tracedRequests', {
        query: windowOfTrace(),
      });
      expect(body.share).toMatchObject({
        configuredPercent: 10,
        tracedCount: 1,
        requestCount: 60_000,
        windowMs: 600_000,
      });
      expect(body.findings).toMatchObject([
        { code: 'traced-share-below-configured', severity: 'warning' },
      ]);
    });

    it('find nothing where the share is as configured', async () => {
      const rate = { ...figures, callsPerSecond: 10 / 600 };
      serveMetrics(async () => measured({ overall: rate }));
      const { body } = await harness.ask('stranger', 'tracedRequests', {
        query: windowOfTrace(),
      });
      expect(body.share.seenPercent).toBeCloseTo(10, 6);
      expect(body.findings).toEqual([]);
    });

    it('are silent where more requests were traced than metrics counted', async () => {
      // A Prometheus that was started within the window counts a part of it.
      const rate = { ...figures, callsPerSecond: 0.5 / 600 };
      serveMetrics(async () => measured({ overall: rate }));
      const { body } = await harness.ask('stranger', 'tracedRequests', {
        query: windowOfTrace(),
      });
      expect(body).toMatchObject({
        share: null,
        reason: 'metrics-incomplete',
        findings: [],
      });
    });

    it('take the part of the window of which all traces were read', async () => {
      const asked = serveMetrics(async () => measured());
      const { endTimeMs, startTimeMs } = windowOfTrace();
      const oldestStartTimeMs = endTimeMs - 300_000;
      const analyze = harness.store.analyze.bind(harness.store);
      Object.assign(harness.store, {
        analyze: async (...query: Parameters<typeof analyze>) => {
          const result = await analyze(...query);
          return {
            ...result,
            coverage: {
              ...result.coverage,
              complete: false,
              oldestStartTimeMs,
            },
          };
        },
      });
      const { body } = await harness.ask('stranger', 'tracedRequests', {
        query: { startTimeMs, endTimeMs },
      });
      expect(body.share).toMatchObject({
        windowMs: 300_000,
        requestCount: 30_000,
      });
      expect(asked.at(-1)).toMatchObject({ startTimeMs: oldestStartTimeMs });
    });

    it('say nothing where metrics are made of spans, which count what was sampled', async () => {
      serveMetrics(async () => measured());
      harness.store.requestSource = {
        kind: 'span-metrics',
        counts: 'traced-requests',
      };
      const { body } = await harness.ask('stranger', 'tracedRequests');
      expect(body).toMatchObject({
        share: null,
        reason: 'counts-traced-requests',
        findings: [],
      });
    });

    it.each([
      ['no metrics are configured', undefined],
      ['they have no series of the entity', measured({ overall: null })],
    ])('say so where %s', async (_, answer) => {
      serveMetrics(async () => answer);
      const { body } = await harness.ask('stranger', 'tracedRequests');
      expect(body).toMatchObject({ share: null, reason: 'no-metrics' });
    });
  });
});

import fc from 'fast-check';
import { analyzeSpanTable, analyzeTraces } from '../analysis';
import { spanTableOf, type SampleStratum } from '../traces';
import {
  MESH_START_MS,
  simulateMesh,
  type MeshBehaviour,
  type SimulatedMesh,
} from '../testing/propagation/simulateMesh';
import { sketchTrace } from '../testing/traces/spans';
import { judgePropagationRung } from './judgePropagationRung';
import type { PropagationAnalysis, PropagationRates } from './model';

function analysed(
  mesh: SimulatedMesh,
  rates: PropagationRates = { servedShare: 1, startedShare: 1 },
  strata?: SampleStratum[],
): PropagationAnalysis {
  const { propagation } = analyzeTraces(mesh.traces, {
    ...mesh,
    slices: 20,
    withPropagation: rates,
    ...(strata ? { strata } : {}),
  });
  return propagation as PropagationAnalysis;
}

const verdictOf = (how: Partial<MeshBehaviour>, rates?: PropagationRates) => {
  const { verdict, code } = judgePropagationRung(
    analysed(simulateMesh(how), rates),
  );
  return { verdict, code };
};

const trueShare = ({ brokenCount, callCount }: SimulatedMesh) =>
  brokenCount / callCount;

const anySeed = fc.nat({ max: 1_000_000 });

describe('the share of calls that do not join the trace of their request', () => {
  it('is the share that was made without headers, whatever it is', () => {
    fc.assert(
      fc.property(
        anySeed,
        fc.constantFrom(0, 0.05, 0.5, 0.87, 1),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(2_000, 10_000, 60_000),
        (seed, brokenShare, callsPerRequest, servingUs) => {
          const mesh = simulateMesh({
            seed,
            brokenShare,
            callsPerRequest,
            servingUs,
          });
          const { share, shareBounds, callCount, brokenCount } = analysed(mesh);
          expect(Math.abs((share ?? NaN) - trueShare(mesh))).toBeLessThan(0.01);
          expect(shareBounds.low).toBeLessThanOrEqual(trueShare(mesh) + 1e-9);
          expect(shareBounds.high).toBeGreaterThanOrEqual(
            trueShare(mesh) - 1e-9,
          );
          expect(callCount).toBeGreaterThan(0.98 * mesh.callCount);
          expect(callCount).toBeLessThanOrEqual(mesh.callCount);
          expect(brokenCount).toBeLessThanOrEqual(mesh.brokenCount);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('leaves out what the service calls on its own account', () => {
    fc.assert(
      fc.property(anySeed, fc.constantFrom(0, 0.5), (seed, brokenShare) => {
        const mesh = simulateMesh({ seed, brokenShare, ownCallsPerSecond: 20 });
        const { share, shareBounds, otherCount } = analysed(mesh);
        expect(Math.abs((share ?? NaN) - trueShare(mesh))).toBeLessThan(0.05);
        expect(shareBounds.low).toBeLessThanOrEqual(trueShare(mesh) + 1e-9);
        expect(shareBounds.high).toBeGreaterThanOrEqual(trueShare(mesh));
        expect(otherCount).toBeGreaterThan(1_000);
      }),
      { numRuns: 6 },
    );
  });

  it('is told with its doubt where pods always serve something', () => {
    const mesh = simulateMesh({
      servingUs: 400_000,
      ownCallsPerSecond: 5,
      brokenShare: 0,
    });
    const { shareBounds, busyShare } = analysed(mesh);
    expect(busyShare).toBeGreaterThan(0.95);
    expect(shareBounds.low).toBe(0);
    expect(shareBounds.high).toBeGreaterThan(0.1);
    expect(judgePropagationRung(analysed(mesh)).verdict).not.toBe('broken');
  });

  it('takes into account that new traces are sampled anew', () => {
    const rates = { servedShare: 0.5, startedShare: 0.1 };
    const how = { ...rates, brokenShare: 0.5, seconds: 150 };
    const runs = Array.from({ length: 20 }, (_, seed) =>
      analysed(simulateMesh({ seed, ...how }), rates),
    );
    const mean =
      runs.reduce((sum, { share }) => sum + (share ?? NaN), 0) / runs.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
    const held = runs.filter(
      ({ shareBounds: { low, high } }) => low < 0.5 && high > 0.5,
    );
    expect(held.length).toBeGreaterThanOrEqual(0.85 * runs.length);
  });

  it('has the bounds of a sample where a part of the window was read', () => {
    let held = 0;
    const runs = 20;
    for (let seed = 0; seed < runs; seed++) {
      const mesh = simulateMesh({ seed, brokenShare: 0.3, seconds: 120 });
      const { strata, read } = readPartOf(mesh, 0.25);
      const { share, shareBounds, readCallCount } = analysed(
        { ...mesh, traces: read },
        undefined,
        strata,
      );
      expect(readCallCount).toBeLessThan(0.4 * mesh.callCount);
      expect(Math.abs((share ?? NaN) - trueShare(mesh))).toBeLessThan(0.12);
      held += Number(
        shareBounds.low <= trueShare(mesh) &&
          shareBounds.high >= trueShare(mesh),
      );
    }
    expect(held).toBeGreaterThanOrEqual(0.9 * runs);
  });
});

/** Stretches of each slice, and the traces that a store finds in them. */
function readPartOf(mesh: SimulatedMesh, readShare: number) {
  const sliceMs = (mesh.endTimeMs - mesh.startTimeMs) / 20;
  const strata = Array.from({ length: 20 }, (_, slice): SampleStratum => {
    const startTimeMs = mesh.startTimeMs + slice * sliceMs;
    const from = startTimeMs + ((slice * 7) % 5) * 0.15 * sliceMs;
    return {
      startTimeMs,
      endTimeMs: startTimeMs + sliceMs,
      read: [{ startTimeMs: from, endTimeMs: from + readShare * sliceMs }],
    };
  });
  const reads = strata.flatMap(({ read }) => read);
  const read = mesh.traces.filter(({ startTimeUs, spans }) => {
    const first = spans.find(({ service }) => service === 'reviews.shop');
    const atMs = (startTimeUs + (first?.offsetUs ?? 0)) / 1_000;
    return reads.some(one => atMs >= one.startTimeMs && atMs < one.endTimeMs);
  });
  return { strata, read };
}

describe('the shares of the workloads of a subject', () => {
  it('are told of each by itself', () => {
    const mesh = simulateMesh({ brokenShare: 0.5, ownCallsPerSecond: 5 });
    const { workloads, ...all } = analysed({
      ...mesh,
      subject: {
        services: ['reviews.shop', 'ratings.shop'],
        workloads: [
          ...mesh.subject.workloads,
          { namespace: 'shop', name: 'ratings-v1', canonicalName: 'ratings' },
        ],
      },
    });
    const [reviews, ratings] = workloads;
    expect(reviews?.workload).toEqual({
      namespace: 'shop',
      name: 'reviews-v2',
    });
    expect(reviews?.share).toBe(all.share);
    expect(reviews?.servedCount).toBe(mesh.callCount);
    expect(ratings).toMatchObject({
      callCount: 0,
      servedCount: mesh.callCount + 5 * 60,
    });
    const verdicts = workloads.map(one => judgePropagationRung(one).code);
    expect(verdicts).toEqual(['no-headers-forwarded', 'makes-no-calls']);
  });
});

describe('what is wrong with calls', () => {
  it.each([
    ['none', 'no-headers', undefined],
    ['request-id', 'some-headers', 'trace-context'],
    ['no-flag', 'some-headers', 'sampled-flag'],
    ['of-another-pod', 'wrong-parent', undefined],
  ] as const)(
    'is told apart: where a call forwards %s it is %s',
    (forwards, kind, missing) => {
      const mesh = simulateMesh({ brokenShare: 0.4, forwards });
      const { kinds, share } = analysed(mesh);
      expect(share).toBeCloseTo(trueShare(mesh), 2);
      expect(kinds).toEqual([
        {
          kind,
          ...(missing ? { missing } : {}),
          count: expect.any(Number),
          share: expect.closeTo(trueShare(mesh), 2),
        },
      ]);
    },
  );

  it('does not break the trace where only the request id is not forwarded, but is counted', () => {
    const mesh = simulateMesh({ brokenShare: 0.4, forwards: 'trace-context' });
    const analysis = analysed(mesh);
    expect(analysis).toMatchObject({
      share: 0,
      requestIdLostCount: mesh.brokenCount,
    });
    expect(judgePropagationRung(analysis)).toMatchObject({
      verdict: 'broken',
      code: 'request-id-not-forwarded',
    });
  });

  it('is no mistake where a new trace links to that of its request', () => {
    const mesh = simulateMesh({ brokenShare: 0.4, forwards: 'link' });
    expect(analysed(mesh)).toMatchObject({
      share: 0,
      kinds: [{ kind: 'new-trace-on-purpose', count: mesh.brokenCount }],
    });
  });

  it('is shown by caller, operation and peer, with traces to look at', () => {
    const mesh = simulateMesh({ brokenShare: 0.5 });
    const { rows } = analysed(mesh);
    expect(rows).toMatchObject([
      {
        caller: 'reviews',
        callerVersion: 'v2',
        callerNamespace: 'shop',
        operation: 'ratings.shop.svc.cluster.local:9080/*',
        peer: 'ratings.shop.svc.cluster.local',
        share: expect.closeTo(trueShare(mesh), 2),
        withinShare: 1,
        newTraceDurationUs: expect.any(Number),
      },
    ]);
    const [example] = rows[0]?.examples ?? [];
    const byId = new Map(mesh.traces.map(trace => [trace.traceId, trace]));
    expect(byId.get(example?.traceId ?? '')?.spans[0]?.kind).toBe('client');
    const servedTrace = byId.get(example?.servedTraceId ?? '');
    const beganMs = (servedTrace?.startTimeUs ?? NaN) / 1_000;
    expect(beganMs).toBeLessThanOrEqual(example?.startTimeMs ?? NaN);
  });

  it('includes an application that does not read the headers that its proxy sends', () => {
    const node = {
      node_id: 'sidecar~10.0.0.1~reviews-v2-0.shop~shop.svc.cluster.local',
    };
    const at = (
      n: number,
      us: number,
      spans: Parameters<typeof sketchTrace>[0],
    ) => ({
      ...sketchTrace(spans),
      traceId: String(n).padStart(32, '0'),
      startTimeUs: MESH_START_MS * 1_000 + us,
    });
    const traces = Array.from({ length: 20 }, (_, i) => [
      at(2 * i + 1, i * 1_000_000, [
        {
          id: 'served',
          kind: 'server',
          service: 'reviews.shop',
          start: 0,
          duration: 10_000,
          attributes: node,
        },
      ]),
      at(2 * i + 2, i * 1_000_000 + 500, [
        {
          id: 'sdk',
          kind: 'server',
          service: 'reviews',
          start: 0,
          duration: 9_000,
        },
        {
          id: 'call',
          parent: 'sdk',
          kind: 'client',
          service: 'reviews',
          start: 100,
          duration: 5_000,
        },
      ]),
    ]).flat();
    const { propagation } = analyzeTraces(traces, {
      subject: { services: ['reviews.shop', 'reviews'], workloads: [] },
      startTimeMs: MESH_START_MS,
      endTimeMs: MESH_START_MS + 60_000,
      slices: 1,
      withPropagation: { servedShare: 1, startedShare: 1 },
    });
    expect(propagation).toMatchObject({ callCount: 20, brokenCount: 20 });
  });
});

describe('the verdict on propagation', () => {
  it.each([
    [{ brokenShare: 0 }, 'good', 'headers-forwarded'],
    [{ brokenShare: 0.05 }, 'broken', 'no-headers-forwarded'],
    [
      { brokenShare: 0.05, forwards: 'request-id' },
      'broken',
      'trace-context-not-forwarded',
    ],
    [{ brokenShare: 1, forwards: 'no-flag' }, 'broken', 'sampled-flag-lost'],
    [{ brokenShare: 1, forwards: 'of-another-pod' }, 'broken', 'wrong-parent'],
    [{ callsPerRequest: 0 }, 'good', 'makes-no-calls'],
    [
      { requestsPerSecond: 0, ownCallsPerSecond: 5 },
      'unknown',
      'calls-without-requests',
    ],
    [{ requestsPerSecond: 0 }, 'unknown', 'no-traces'],
    [{ seconds: 0.1 }, 'unknown', 'too-few-calls'],
  ] as const)(
    'of a service that behaves as %j is %s: %s',
    (how, verdict, code) => {
      expect(verdictOf(how)).toEqual({ verdict, code });
    },
  );

  it('is doubtful where so few requests are traced that time does not tell', () => {
    const rates = { servedShare: 0.01, startedShare: 0.01 };
    const how = { ...rates, brokenShare: 1, seconds: 100 };
    expect(verdictOf(how, rates).verdict).toBe('doubtful');
  });

  it('of a gateway is good, since its proxy forwards by itself', () => {
    const gateway = sketchTrace([
      {
        id: 'a',
        kind: 'client',
        service: 'gateway.shop',
        start: 0,
        duration: 9,
        attributes: {
          node_id: 'router~10.0.0.1~gw-0.shop~shop.svc.cluster.local',
        },
      },
    ]);
    const { propagation } = analyzeTraces([gateway], {
      subject: { services: ['gateway.shop'], workloads: [] },
      startTimeMs: 0,
      endTimeMs: MESH_START_MS,
      slices: 1,
      withPropagation: {},
    });
    expect(
      judgePropagationRung(propagation as PropagationAnalysis),
    ).toMatchObject({ verdict: 'good', code: 'proxy-only' });
  });
});

describe('the work of judging propagation', () => {
  it('grows with the number of spans and no faster', () => {
    const readsOf = (seconds: number) => {
      const mesh = simulateMesh({ seconds, brokenShare: 0.5 });
      const table = spanTableOf(mesh.traces);
      let reads = 0;
      const starts = new Proxy(table.starts, {
        get(target, key) {
          reads += typeof key === 'string' && /^\d+$/.test(key) ? 1 : 0;
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      const request = { ...mesh, slices: 1 };
      const all = () => {
        reads = 0;
        analyzeSpanTable(
          { ...table, starts },
          { ...request, withPropagation: { servedShare: 1, startedShare: 1 } },
        );
        const withIt = reads;
        reads = 0;
        analyzeSpanTable({ ...table, starts }, request);
        return withIt - reads;
      };
      return all() / table.starts.length;
    };
    expect(readsOf(400) / readsOf(50)).toBeLessThan(1.6);
  });
});

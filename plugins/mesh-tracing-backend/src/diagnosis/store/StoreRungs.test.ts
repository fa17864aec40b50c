import { ServiceUnavailableError } from '@backstage/errors';
import fc from 'fast-check';
import type {
  DiagnosisResponse,
  DiagnosisRung,
  Trace,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceStoreStatus } from 'backstage-plugin-mesh-tracing-node';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../../testing/portal/startMeshTracing';

const HOUR_US = 3_600_000_000;

/** The same traces, as if the services had other names or other clocks. */
function changed(
  traces: Trace[],
  change: { rename?: (service: string) => string; laterUs?: number },
): Trace[] {
  const { rename = name => name, laterUs = 0 } = change;
  return traces.map(trace => ({
    ...trace,
    startTimeUs: trace.startTimeUs + laterUs,
    spans: trace.spans.map(span => ({
      ...span,
      service: rename(span.service),
    })),
  }));
}

describe('the rungs of a trace store', () => {
  let harness: MeshTracingHarness;
  beforeEach(async () => {
    harness = await startMeshTracing();
  });
  afterEach(() => harness.stop());

  const ladder = async (): Promise<Record<string, DiagnosisRung>> => {
    const { body, status } = await harness.ask('owner', 'diagnosis');
    expect(status).toBe(200);
    const [first] = (body as DiagnosisResponse).workloads;
    return Object.fromEntries(
      (first?.rungs ?? []).map(rung => [rung.id, rung]),
    );
  };

  it('are good where the store answers and holds spans of the workload', async () => {
    const { arrival, limits, names, store } = await ladder();
    expect([store, names, arrival, limits]).toMatchObject([
      { verdict: 'good' },
      { verdict: 'good' },
      { verdict: 'good' },
      { verdict: 'good' },
    ]);
  });

  it('leave all but the first unknown where the store is down', async () => {
    harness.store.status = async (): Promise<TraceStoreStatus> => ({
      reachable: false,
      message: "Trace store 'main' refuses the connection",
      problem: { code: 'unreachable', failure: 'ECONNREFUSED' },
    });
    harness.store.failure = new ServiceUnavailableError('away');
    const { arrival, limits, names, store } = await ladder();
    expect(store).toMatchObject({ verdict: 'broken', code: 'store-down' });
    expect([names, arrival, limits].map(rung => rung?.verdict)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('find spans of the workload under another name, and give the annotation', async () => {
    harness.store.traces = changed(harness.store.traces, {
      rename: name => name.replace('frontend.shop', 'web-frontend'),
    });
    const { arrival, names } = await ladder();
    expect(names).toMatchObject({ verdict: 'broken', code: 'names-other' });
    expect(arrival).toMatchObject({ code: 'arrival-other-name' });
    expect(names?.mends).toContainEqual(
      expect.objectContaining({
        yaml: expect.stringContaining('web-frontend'),
      }),
    );
  });

  it('find spans that a clock an hour ahead dates in the future', async () => {
    harness.store.traces = changed(harness.store.traces, { laterUs: HOUR_US });
    const { arrival, limits } = await ladder();
    expect(limits).toMatchObject({
      verdict: 'broken',
      code: 'limits-spans-in-future',
    });
    expect(arrival?.verdict).toBe('good');
  });

  it('say that nothing arrives where the store has other windows only', async () => {
    harness.store.traces = changed(harness.store.traces, {
      laterUs: -3 * HOUR_US,
    });
    const { arrival, names } = await ladder();
    expect(names?.verdict).toBe('good');
    expect(arrival).toMatchObject({
      verdict: 'doubtful',
      code: 'arrival-none',
    });
  });

  it('are a ladder whatever a store answers', async () => {
    const odd = fc.oneof(
      fc.constant(undefined),
      fc.constant(null),
      fc.string(),
      fc.array(fc.string()),
      fc.object(),
    );
    const { store } = harness;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          odd,
          fc.record({ reachable: fc.boolean(), message: fc.string() }),
        ),
        fc.oneof(odd, fc.constant(new Error('odd'))),
        odd,
        async (status, services, search) => {
          store.status = async () => status as never;
          store.services = async () => {
            if (services instanceof Error) throw services;
            return services as never;
          };
          store.analyze = async () => search as never;
          const rungs = await ladder();
          expect(Object.keys(rungs)).toEqual(
            expect.arrayContaining(['store', 'names', 'arrival', 'limits']),
          );
        },
      ),
      { seed: 14, numRuns: 25 },
    );
  });
});

describe('the rungs of a trace store for who may not read traces', () => {
  it('tell of the store alone, and name the permission', async () => {
    const harness = await startMeshTracing({
      permissionsEnabled: true,
      policy: permission => permission !== 'mesh-tracing.traces.read',
    });
    const { body } = await harness.ask('owner', 'diagnosis');
    const [first] = (body as DiagnosisResponse).workloads;
    const withheld = (first?.rungs ?? []).filter(
      ({ needs }) => needs === 'mesh-tracing.traces.read',
    );
    expect(withheld.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'names',
        'traffic',
        'decision',
        'export',
        'arrival',
        'limits',
      ]),
    );
    expect(JSON.stringify(withheld)).not.toContain('frontend.shop');
    expect(harness.store.queries).toEqual([]);
    await harness.stop();
  });
});

describe('the rungs without a trace store', () => {
  it('say what to configure', async () => {
    const harness = await startMeshTracing({ bare: true });
    const { body, status } = await harness.ask('owner', 'diagnosis');
    expect(status).toBe(200);
    expect((body as DiagnosisResponse).workloads).toEqual([]);
    await harness.stop();
  });
});

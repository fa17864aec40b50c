import type { Trace } from 'backstage-plugin-mesh-tracing-common';
import { SHOP_TRACE_ID } from '../../testing/portal/exampleTraces';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type MeshTracingOptions,
} from '../../testing/portal/startMeshTracing';

const HOUR_MS = 3_600_000;

/** As the example's trace, once every few seconds, with tags of its own. */
function manyTraces(
  { store }: MeshTracingHarness,
  count: number,
  change: (trace: Trace, i: number) => void,
): Trace[] {
  const [shop] = store.traces;
  return Array.from({ length: count }, (_, i) => {
    const trace = structuredClone(shop as Trace);
    trace.traceId = (BigInt(`0x${SHOP_TRACE_ID}`) + BigInt(i))
      .toString(16)
      .padStart(32, '0');
    trace.startTimeUs -= i * 5_000_000;
    change(trace, i);
    return trace;
  });
}

const own = (trace: Trace) =>
  trace.spans.filter(({ service }) => service === 'frontend.shop');

describe('findings about a production set-up', () => {
  let harness: MeshTracingHarness;
  const start = async (options?: MeshTracingOptions) => {
    harness = await startMeshTracing(options);
  };
  afterEach(() => harness.stop());

  const codesOf = (body: { findings: Array<{ code: string }> }) =>
    body.findings.map(({ code }) => code);

  const sampleAll = (metadata = {}) => {
    harness.cluster.createOutside({
      metadata: {
        namespace: 'shop',
        name: 'everything',
        creationTimestamp: new Date(Date.now() - 72 * HOUR_MS).toISOString(),
        ...metadata,
      },
      spec: { tracing: [{ randomSamplingPercentage: 100 }] },
    });
  };

  it('are none of an entity that is well set up, of which each part was looked at', async () => {
    await start();

    const { body } = await harness.ask('stranger', 'setupFindings');

    expect(body.findings).toEqual([]);
    expect(body.parts).toEqual([
      { part: 'configuration', state: 'checked' },
      { part: 'requests', state: 'nothing-there' },
      { part: 'traces', state: 'checked' },
      { part: 'spans', state: 'checked' },
    ]);
    expect(body.inspected).toEqual({ traceCount: 1, spanCount: 2 });
  });

  it('tell of a Telemetry that samples everything for ever', async () => {
    await start();
    sampleAll();

    const { body } = await harness.ask('stranger', 'setupFindings');

    expect(codesOf(body)).toEqual(['full-sampling-without-end']);
    expect(body.findings[0].what).toMatch(
      /shop\/everything has sampled all requests for 3 days/,
    );
  });

  it('tell of what the spans hold, and never a value', async () => {
    await start();
    harness.store.traces = manyTraces(harness, 60, (trace, i) =>
      own(trace).forEach(span => {
        span.attributes['app.customer'] = `customer${i}@example.com`;
        span.attributes['url.path'] = i % 2 ? '/healthz' : '/cart';
      }),
    );

    const response = await harness.ask('stranger', 'setupFindings');

    expect(codesOf(response.body)).toEqual([
      'tag-holds-identities',
      'health-checks-traced',
    ]);
    expect(response.text).not.toContain('example.com');
  });

  it('leave tags of other entities out, whose traces are the same', async () => {
    await start();
    harness.store.traces = manyTraces(harness, 60, (trace, i) => {
      const [, , payments] = trace.spans;
      if (payments) {
        payments.attributes['app.customer'] = `customer${i}@example.com`;
      }
    });

    const { body } = await harness.ask('stranger', 'setupFindings');

    expect(body.findings).toEqual([]);
  });

  it('tell by an objective that a percentage is too low, from metrics of all requests', async () => {
    await start();
    harness.store.metrics = [
      {
        service: 'frontend.shop',
        callsPerSecond: 0.5,
        errorRate: 0,
        p50Us: null,
        p95Us: null,
        p99Us: null,
      },
    ];
    const ask = (errorObjectivePercent?: number) =>
      harness.ask('stranger', 'setupFindings', {
        query: { errorObjectivePercent },
      });

    // 0.5/s · 10 % · 1 %: one failing trace in 33 minutes.
    const { body } = await ask(1);
    expect(codesOf(body)).toEqual(['sampling-too-low-for-objective']);
    expect(body.findings[0].what).toContain('33 minutes');
    expect(codesOf((await ask(5)).body)).toEqual([]);
    expect(codesOf((await ask()).body)).toEqual([]);
    expect((await ask(0)).status).toBe(400);
  });

  it('come from the configuration alone for who may read no traces', async () => {
    await start({
      permissionsEnabled: true,
      policy: name => name !== 'mesh-tracing.traces.read',
    });
    sampleAll();

    const { body } = await harness.ask('stranger', 'setupFindings');

    expect(codesOf(body)).toEqual(['full-sampling-without-end']);
    expect(body.parts).toContainEqual({ part: 'spans', state: 'not-allowed' });
    expect(harness.store.queries).toEqual([]);
  });

  it('say which part could not be read, and tell what the others found', async () => {
    await start();
    sampleAll();
    harness.store.failure = new Error('the store is away');

    const { body } = await harness.ask('stranger', 'setupFindings');

    expect(codesOf(body)).toEqual(['full-sampling-without-end']);
    expect(body.parts).toContainEqual({
      part: 'traces',
      state: 'unavailable',
      problem: expect.any(String),
    });
  });

  it('of a team read no trace, and name the entities that have some', async () => {
    await start();
    sampleAll();

    const { body } = await harness.ask('owner', 'ownedSetupFindings');

    expect(body.entities).toContainEqual({
      entityRef: 'component:default/frontend',
      findings: [
        expect.objectContaining({ code: 'full-sampling-without-end' }),
      ],
    });
    expect(body.checkedCount).toBeGreaterThanOrEqual(body.entities.length);
    expect(harness.store.queries).toEqual([]);
  });

  it('of a team are not for who is not in it', async () => {
    await start();

    const { status } = await harness.ask('stranger', 'ownedSetupFindings', {
      query: { owner: 'user:default/olivia' },
    });

    expect(status).toBe(403);
  });

  it('of the mesh are about all Telemetries', async () => {
    await start();
    sampleAll({ namespace: 'elsewhere' });

    const { body } = await harness.ask('owner', 'meshSetupFindings');

    expect(body).toMatchObject({
      telemetryCount: 3,
      moreCount: 0,
      findings: [
        {
          code: 'full-sampling-without-end',
          resources: ['elsewhere/everything'],
          cluster: 'main',
        },
      ],
    });
  });

  it('of the mesh need a permission of their own', async () => {
    await start({
      permissionsEnabled: true,
      policy: name => name !== 'mesh-tracing.mesh.read',
    });

    const { status, body } = await harness.ask('owner', 'meshSetupFindings');

    expect(status).toBe(403);
    expect(body.error.message).toContain('mesh-tracing.mesh.read');
  });
});

describe('the rate of requests', () => {
  let harness: MeshTracingHarness;
  beforeEach(async () => {
    harness = await startMeshTracing();
  });
  afterEach(() => harness.stop());

  it('is told of each workload, from its traces and the sampling in force', async () => {
    harness.store.traces = manyTraces(harness, 60, () => {});

    const { body } = await harness.ask('stranger', 'requestRate');

    // 60 traces in an hour at 10 %.
    expect(body.workloads).toEqual([
      expect.objectContaining({
        workload: expect.objectContaining({ name: 'frontend' }),
        requestsPerSecond: expect.closeTo(600 / 3600, 3),
        assumption: expect.stringContaining('at 10 % sampling'),
      }),
    ]);
    expect(body.errorRate).toBeNull();
  });

  it('is not known without traces and metrics', async () => {
    harness.store.traces = [];

    const { body } = await harness.ask('stranger', 'requestRate');

    expect(body.workloads[0].requestsPerSecond).toBeNull();
  });

  it('comes with the share of failing requests, from metrics', async () => {
    harness.store.metrics = [
      {
        service: 'frontend.shop',
        callsPerSecond: 12.3,
        errorRate: 0.02,
        p50Us: null,
        p95Us: null,
        p99Us: null,
      },
    ];

    const { body } = await harness.ask('stranger', 'requestRate');

    expect(body.errorRate).toBe(0.02);
  });

  it('fails by itself where traces can not be read', async () => {
    harness.store.failure = new Error('away');

    const { status, body } = await harness.ask('stranger', 'requestRate');

    expect(status).toBe(200);
    expect(body.workloads[0]).toMatchObject({
      requestsPerSecond: null,
      problem: expect.any(String),
    });
  });
});

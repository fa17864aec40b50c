import { ServiceUnavailableError } from '@backstage/errors';
import type { Span, Trace } from 'backstage-plugin-mesh-tracing-common';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../testing/portal/startMeshTracing';

const POD = 'frontend-6d5f9c7b8d-x7x7x';

function frontendSpan(at: {
  id: number;
  kind: Span['kind'];
  parent?: number;
  offsetUs: number;
  durationUs: number;
}): Span {
  const { id, kind, parent, ...times } = at;
  const idOf = (n: number) => n.toString(16).padStart(16, '0');
  return {
    ...times,
    spanId: idOf(id),
    ...(parent ? { parentSpanId: idOf(parent) } : {}),
    kind,
    service: 'frontend.shop',
    operation: 'payments.shop.svc.cluster.local:8080/*',
    status: 'unset',
    attributes: {
      node_id: `sidecar~10.0.0.1~${POD}.shop~shop.svc.cluster.local`,
      'istio.canonical_service': 'frontend',
      'istio.namespace': 'shop',
      ...(kind === 'client'
        ? { upstream_cluster: 'outbound|8080||payments.shop.svc.cluster.local' }
        : {}),
    },
    resource: {},
    events: [],
    links: [],
    warnings: [],
  };
}

/** Requests, ten a second, each of which calls payments; each `n`th without headers. */
function requests(count: number, brokenEach: number): Trace[] {
  const startUs = (Date.now() - 10 * 60_000) * 1_000;
  const trace = (n: number, atUs: number, spans: Span[]): Trace => ({
    traceId: n.toString(16).padStart(32, '0'),
    startTimeUs: startUs + atUs,
    durationUs: 10_000,
    spans,
    warnings: [],
  });
  return Array.from({ length: count }, (_, i) => {
    const at = i * 100_000;
    const served = frontendSpan({
      id: 1,
      kind: 'server',
      offsetUs: 0,
      durationUs: 10_000,
    });
    const call = { id: 2, kind: 'client', durationUs: 5_000 } as const;
    return i % brokenEach === 0
      ? [
          trace(2 * i + 1, at, [served]),
          trace(2 * i + 2, at + 2_000, [
            frontendSpan({ ...call, offsetUs: 0 }),
          ]),
        ]
      : [
          trace(2 * i + 1, at, [
            served,
            frontendSpan({ ...call, parent: 1, offsetUs: 2_000 }),
          ]),
        ];
  }).flat();
}

describe('answers about propagation', () => {
  let harness: MeshTracingHarness;
  beforeEach(async () => {
    harness = await startMeshTracing();
  });
  afterEach(() => harness.stop());

  it('tell of the entity and of each workload what share of calls starts a new trace, and judge it', async () => {
    harness.store.traces = requests(100, 4);
    const { status, body } = await harness.ask('stranger', 'propagation');
    expect(status).toBe(200);
    expect(body.all).toMatchObject({
      callCount: 1_000,
      brokenCount: 250,
      share: 0.25,
      verdict: 'broken',
      code: 'no-headers-forwarded',
    });
    expect(body.workloads).toMatchObject([
      {
        workload: { namespace: 'shop', name: 'frontend' },
        brokenCount: 250,
        verdict: 'broken',
      },
    ]);
    expect(body.rows).toMatchObject([
      {
        caller: 'frontend',
        operation: 'payments.shop.svc.cluster.local:8080/*',
        peer: 'payments.shop.svc.cluster.local',
        brokenCount: 250,
      },
    ]);
  });

  it('name the headers that the provider in force needs', async () => {
    const { body } = await harness.ask('stranger', 'propagation');
    const [{ provider, headers }] = body.workloads;
    expect(provider).toEqual({ name: 'jaeger', kind: 'opentelemetry' });
    expect(headers.map(({ name }: { name: string }) => name)).toEqual([
      'traceparent',
      'tracestate',
      'x-request-id',
    ]);
  });

  it('weigh calls by the shares of requests that are traced', async () => {
    const { body } = await harness.ask('stranger', 'propagation');
    expect(body.all.rates).toEqual({ servedShare: 0.1, startedShare: 0.1 });
  });

  it('say that nothing is known where nothing is traced', async () => {
    harness.store.traces = [];
    const { status, body } = await harness.ask('stranger', 'propagation');
    expect(status).toBe(200);
    expect(body.all).toMatchObject({ verdict: 'unknown', code: 'no-traces' });
    expect(body.workloads).toHaveLength(1);
  });

  it('do not stand for a store that is away', async () => {
    harness.store.failure = new ServiceUnavailableError('Jaeger is away');
    const { status } = await harness.ask('stranger', 'propagation');
    expect(status).toBe(503);
  });

  it('leave one line in the audit log', async () => {
    await harness.ask('stranger', 'propagation');
    expect(harness.audited).toMatchObject([
      { eventId: 'propagation-read', outcome: 'success' },
    ]);
  });
});

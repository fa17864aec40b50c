import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../../shared/EntityContext';
import { userCredentials } from '../../testing/services/userCredentials';
import { heldBinding } from '../../testing/mesh/heldBinding';
import { MeshClusters } from '../../clusters';
import { FakeTraceStore } from '../../testing/portal/FakeTraceStore';
import { exampleTraces } from '../../testing/portal/exampleTraces';
import { workload } from '../../testing/sampling/samplingHarness';
import { TraceStores } from '../../tracestore';
import { contextOfWorkload } from '../../traces';
import { measureRequests } from './measureRequests';
import { TraceServiceNames } from '../../workloads';

const FRONTEND = workload('frontend');

function contextOf(
  workloads: Workload[],
  annotations: Record<string, string> = {},
): EntityContext {
  return {
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'frontend', annotations },
    },
    entityRef: 'component:default/frontend',
    credentials: userCredentials('user:default/guest'),
    userRef: 'user:default/ada',
    ownershipRefs: [],
    match: { explanation: '', workloads: [FRONTEND] },
    binding: heldBinding([FRONTEND]),
    snapshots: [
      {
        cluster: 'main',
        state: 'synced',
        inputs: {
          meshConfig: {},
          meshConfigKnown: true,
          telemetries: [],
          istiod: { environmentKnown: true },
        },
        workloads,
        problems: [],
      },
    ],
  };
}

describe('the requests that metrics know of', () => {
  const asked: unknown[] = [];
  const measure = (
    context: EntityContext,
    requestMetrics: TraceStore['requestMetrics'],
    requestSource?: TraceStore['requestSource'],
  ) => {
    const store: TraceStore = Object.assign(
      new FakeTraceStore('one', exampleTraces(0)),
      { requestMetrics, requestSource },
    );
    const names = TraceServiceNames.create({
      clusters: MeshClusters.create([
        { name: 'main', traceStore: 'one' } as unknown as MeshCluster,
      ]),
      stores: TraceStores.create([store]),
    });
    return measureRequests(names, context, FRONTEND, 3_600_000);
  };
  const row = (callsPerSecond: number | null) => ({
    service: 'frontend.shop',
    callsPerSecond,
    errorRate: null,
    p50Us: null,
    p95Us: null,
    p99Us: null,
  });
  const rows =
    (...answer: ReturnType<typeof row>[]): TraceStore['requestMetrics'] =>
    async query => {
      asked.push(query);
      return answer;
    };

  it('are summed over the last hour, for that workload only', async () => {
    expect(
      await measure(contextOf([FRONTEND]), rows(row(2), row(null), row(3))),
    ).toBe(5);
    expect(asked.at(-1)).toMatchObject({
      workloads: [{ namespace: 'shop', name: 'frontend' }],
      startTimeMs: 0,
      endTimeMs: 3_600_000,
    });
  });

  it('are not known without metrics, or without series', async () => {
    const context = contextOf([FRONTEND]);
    expect(await measure(context, undefined)).toBeNull();
    expect(await measure(context, async () => undefined)).toBeNull();
    expect(await measure(context, rows())).toBeNull();
  });

  it('are not taken from metrics that count traced requests only', async () => {
    const context = contextOf([FRONTEND]);
    const kind = 'span-metrics';
    expect(
      await measure(context, rows(row(2)), { kind, counts: 'traced-requests' }),
    ).toBeNull();
    expect(
      await measure(context, rows(row(2)), { kind, counts: 'every-request' }),
    ).toBe(2);
  });

  it('are not taken for one workload where two have the same name in traces', async () => {
    const canary = workload('frontend-canary', {
      labels: { app: 'frontend', track: 'canary' },
    });
    expect(
      await measure(contextOf([FRONTEND, canary]), rows(row(2))),
    ).toBeNull();
  });
});

describe('the context of one workload', () => {
  const annotations = {
    'meshtracing.io/service-names': 'storefront',
    'meshtracing.io/trace-store': 'one',
  };

  it("has the entity's own names where it is the entity's", () => {
    const context = contextOf([FRONTEND], annotations);
    const { entity, match } = contextOfWorkload(context, FRONTEND);
    expect(entity).toBe(context.entity);
    expect(match.workloads).toEqual([FRONTEND]);
  });

  it('has none of them where it is not, but the same trace store', () => {
    const other = workload('pay');
    const { entity, match } = contextOfWorkload(
      contextOf([FRONTEND, other], annotations),
      other,
    );
    expect(entity.metadata.annotations).toEqual({
      'meshtracing.io/trace-store': 'one',
    });
    expect(match.workloads).toEqual([other]);
  });
});

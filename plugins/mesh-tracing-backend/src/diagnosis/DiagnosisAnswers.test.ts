import {
  goodRung,
  RUNG_IDS,
  unknownRung,
} from 'backstage-plugin-mesh-tracing-common';
import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { FakeMeshCluster } from '../testing/mesh/FakeMeshCluster';
import { workload } from '../testing/mesh/workload';
import { MeshClusters } from '../clusters';
import { WorkloadTracings } from '../tracing';
import { ConfigurationRungs } from './configuration/ConfigurationRungs';
import { DiagnosisAnswers } from './DiagnosisAnswers';
import {
  PropagationRungs,
  type PropagationJudge,
} from './propagation/PropagationRungs';
import type { RungSource } from './RungSource';

const NOW_MS = Date.parse('2026-11-20T12:00:00Z');
const HOST = 'collector.obs.svc.cluster.local';
const proxied = (name: string, overrides: Partial<Workload> = {}) =>
  workload(name, {
    pods: [
      { name: `${name}-1`, labels: {}, ready: true, proxy: 'sidecar' as const },
    ],
    ...overrides,
  });

function contextOf(cluster: FakeMeshCluster): EntityContext {
  return {
    entityRef: 'component:default/shop',
    match: { workloads: cluster.workloads, explanation: 'Found.' },
    snapshots: [cluster.snapshot()],
  } as unknown as EntityContext;
}

function clusterOf(workloads: Workload[]): FakeMeshCluster {
  return FakeMeshCluster.create({
    workloads,
    meshConfig: {
      defaultProviders: { tracing: ['otel'] },
      extensionProviders: [
        { name: 'otel', opentelemetry: { service: HOST, port: 4317 } },
      ],
    },
  });
}

const ask = (
  context: EntityContext,
  sources: RungSource[],
  mayReadTraces = true,
) =>
  DiagnosisAnswers.create({
    access: { mayReadTraces: async () => mayReadTraces },
    sources,
    now: () => NOW_MS,
  }).diagnosis(context, {});

describe('the diagnosis of an entity', () => {
  it('puts the rungs of all sources in the order of a trace, and the worst workload first', async () => {
    const cluster = clusterOf([
      proxied('cart'),
      workload('cron', {
        proxy: 'none',
        pods: [{ name: 'c-1', labels: {}, ready: true, proxy: 'none' }],
      }),
    ]);
    const configuration = ConfigurationRungs.create({
      clusters: MeshClusters.create([cluster]),
      tracings: WorkloadTracings.create(),
      now: () => NOW_MS,
    });
    const others: RungSource = {
      rungs: async () => [
        goodRung('limits', { cause: 'Well.' }),
        goodRung('store', { cause: 'Well.' }),
      ],
    };
    const { workloads, explanation } = await ask(contextOf(cluster), [
      others,
      configuration,
    ]);
    expect(explanation).toBe('Found.');
    expect(workloads.map(({ workload: { name } }) => name)).toEqual([
      'cron',
      'cart',
    ]);
    expect(workloads[0]).toMatchObject({ firstRung: 'in-mesh' });
    const ids = workloads[1]?.rungs.map(({ id }) => id) ?? [];
    expect(ids).toEqual(RUNG_IDS.filter(id => ids.includes(id)));
    expect(ids).toHaveLength(8);
  });

  it('asks what stands behind the service of the provider, once it is known which that is', async () => {
    const cluster = clusterOf([proxied('cart')]);
    const asked: unknown[] = [];
    Object.assign(cluster, {
      serviceEndpoints: async (service: unknown) => {
        asked.push(service);
        return { state: 'read', ready: 0, notReady: 0, atMs: NOW_MS };
      },
    });
    const { workloads } = await ask(contextOf(cluster), [
      ConfigurationRungs.create({
        clusters: MeshClusters.create([cluster]),
        tracings: WorkloadTracings.create(),
      }),
    ]);
    expect(asked).toEqual([{ namespace: 'obs', name: 'collector' }]);
    expect(workloads[0]).toMatchObject({
      verdict: 'broken',
      firstRung: 'provider',
    });
  });

  it('tells every source whether the caller may see traces', async () => {
    const seen: boolean[] = [];
    const source: RungSource = {
      rungs: async ({ tracesReadable }) => {
        seen.push(tracesReadable);
        return [];
      },
    };
    const context = contextOf(clusterOf([proxied('cart')]));
    await ask(context, [source], true);
    await ask(context, [source], false);
    expect(seen).toEqual([true, false]);
  });
});

describe('the rung of the propagation', () => {
  const context = contextOf(clusterOf([proxied('cart')]));
  const rungs = async (judge: PropagationJudge['judge'], mayRead = true) => {
    const { workloads } = await ask(
      context,
      [PropagationRungs.create({ judge: { judge } })],
      mayRead,
    );
    return workloads[0]?.rungs;
  };

  it('is as it is judged from traces', async () => {
    const judged = unknownRung('propagation', { cause: 'Too few traces.' });
    expect(await rungs(async () => judged)).toEqual([judged]);
    expect(await rungs(async () => undefined)).toEqual([]);
  });

  it('is not looked at for who may not see traces, and names the permission', async () => {
    const judge = jest.fn();
    expect(await rungs(judge, false)).toMatchObject([
      { verdict: 'unknown', needs: 'mesh-tracing.traces.read' },
    ]);
    expect(judge).not.toHaveBeenCalled();
  });

  it('can not be told while the trace store is away', async () => {
    const away = async () => {
      throw new Error('connect ECONNREFUSED');
    };
    expect(await rungs(away)).toMatchObject([
      {
        verdict: 'unknown',
        cause: expect.stringContaining('ECONNREFUSED'),
      },
    ]);
  });
});

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  DefaultWorkloadResolver,
  heldBinding,
  MeshClusters,
  OwnedAnswers,
  TracingAnswers,
  WorkloadTracings,
  type EntityContext,
  type KubernetesMeshCluster,
} from '../backendInternals';
import type { BenchRow } from '../BenchRow';
import { createReplica } from './Replica';
import { memoryDatabase } from './ReplicaDatabase';
import type { ScaleSize } from './ScaleSize';

const OWNER = 'group:default/all';
const ROUNDS = 5;
const ALLOWED = { allowed: true } as const;

const credentials: EntityContext['credentials'] = {
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef: 'user:default/ada' },
};
const caller = {
  credentials,
  userRef: 'user:default/ada',
  ownershipRefs: [OWNER],
};

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

/** What a request finds out before it asks for tracing, but for the catalog. */
function contextOf(
  entity: Entity,
  clusters: MeshClusters,
  resolver: DefaultWorkloadResolver,
): EntityContext {
  const snapshots = clusters.snapshots();
  const match = resolver.resolve(entity, snapshots);
  return {
    ...caller,
    entity,
    entityRef: stringifyEntityRef(entity),
    match,
    binding: heldBinding(match.workloads),
    snapshots,
  };
}

/** What the tab and the page of all entities ask, without catalog and trace store. */
export async function measureAnswers(options: {
  size: ScaleSize;
  clusters: KubernetesMeshCluster[];
  entities: Entity[];
  touchPod: (index: number) => Promise<void>;
}): Promise<BenchRow[]> {
  const { size, entities } = options;
  const clusters = MeshClusters.create(options.clusters);
  const resolver = DefaultWorkloadResolver.create();
  const tracings = WorkloadTracings.create();
  const database = await memoryDatabase();
  const { service: sampling } = await createReplica(
    clusters,
    database.client(),
  );
  const tracing = TracingAnswers.create({ clusters, tracings, sampling });
  const tab = (entity: Entity) =>
    tracing.tracing(contextOf(entity, clusters, resolver), {
      access: {
        workload: ALLOWED,
        namespace: ALLOWED,
        mesh: ALLOWED,
      },
      bindings: [],
      readable: async () => new Set<string>(),
    });
  const owned = (count: number) => {
    const answers = OwnedAnswers.create({
      access: {
        ownedEntities: async () => entities.slice(0, count),
        readableRefs: async () => new Set<string>(),
      },
      clusters,
      resolver,
      tracings,
      sampling,
    });
    return async () => {
      const answer = await answers.owned(caller);
      const found = answer.entities.filter(row => row.workloads.length > 0);
      if (found.length !== count) {
        throw new Error(`Only ${found.length} of ${count} entities were found`);
      }
    };
  };
  const [few, many] = size.owned;
  const [first] = entities;
  if (!first) {
    throw new Error('There are no entities');
  }
  await owned(many)();
  const fewMs = await medianMs(owned(few));
  const manyMs = await medianMs(owned(many));
  const tabMs = await medianMs(() => tab(first));
  const changedMs = await afterChanges(options.touchPod, () => tab(first));
  await database.stop();
  return [
    {
      name: `/owned for ${few} entities`,
      value: fewMs,
      unit: 'ms',
      limit: 1_000,
    },
    {
      name: `/owned for ${many.toLocaleString('en')} entities`,
      value: manyMs,
      unit: 'ms',
      limit: 1_000,
    },
    {
      name: `/owned: growth, per entity`,
      value: manyMs / fewMs / (many / few),
      unit: 'x',
      limit: 1.5,
    },
    {
      name: "the tab's first data, warm, without the trace store",
      value: tabMs,
      unit: 'ms',
      limit: 20,
    },
    {
      name: 'the same right after a pod changed',
      value: changedMs,
      unit: 'ms',
      limit: 20,
    },
  ];
}

async function afterChanges(
  touchPod: (index: number) => Promise<void>,
  work: () => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await touchPod(round);
    // Until the event has arrived.
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

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
  type Sampling,
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

/** What is asked, and of what. */
interface AnswersOptions {
  size: ScaleSize;
  clusters: KubernetesMeshCluster[];
  entities: Entity[];
  touchPod: (index: number) => Promise<void>;
}

/** What answers the tab and the page of all entities, without catalog and trace store. */
function answersOf(clusters: MeshClusters, sampling: Sampling['service']) {
  const resolver = DefaultWorkloadResolver.create();
  const tracings = WorkloadTracings.create();
  const tracing = TracingAnswers.create({ clusters, tracings, sampling });
  return {
    tab: (entity: Entity) =>
      tracing.tracing(contextOf(entity, clusters, resolver), {
        access: { workload: ALLOWED, namespace: ALLOWED, mesh: ALLOWED },
        bindings: [],
        readable: async () => new Set<string>(),
      }),
    owned: async (entities: Entity[]) => {
      const answers = OwnedAnswers.create({
        access: {
          ownedEntities: async () => entities,
          readableRefs: async () => new Set<string>(),
        },
        clusters,
        resolver,
        tracings,
        sampling,
      });
      const answer = await answers.owned(caller);
      const found = answer.entities.filter(row => row.workloads.length > 0);
      if (found.length !== entities.length) {
        throw new Error(
          `Only ${found.length} of ${entities.length} entities were found`,
        );
      }
    },
  };
}

/** Figures of the tab's first data, and of the page of all entities. */
export async function measureAnswers(
  options: AnswersOptions,
): Promise<BenchRow[]> {
  const { size, entities } = options;
  const clusters = MeshClusters.create(options.clusters);
  const database = await memoryDatabase();
  const { service } = await createReplica(clusters, database.client());
  const { tab, owned } = answersOf(clusters, service);
  const [few, many] = size.owned;
  const first = entities[0] as Entity;
  await owned(entities.slice(0, many));
  const fewMs = await medianMs(() => owned(entities.slice(0, few)));
  const manyMs = await medianMs(() => owned(entities.slice(0, many)));
  const tabMs = await medianMs(() => tab(first));
  const changedMs = await afterChanges(options.touchPod, () => tab(first));
  await database.stop();
  const ms = (name: string, value: number, limit: number): BenchRow => ({
    name,
    value,
    unit: 'ms',
    limit,
  });
  return [
    ms(`/owned for ${few} entities`, fewMs, 1_000),
    ms(`/owned for ${many.toLocaleString('en')} entities`, manyMs, 1_000),
    {
      name: '/owned: growth, per entity',
      value: manyMs / fewMs / (many / few),
      unit: 'x',
      limit: 1.5,
    },
    ms("the tab's first data, warm, without the trace store", tabMs, 20),
    ms('the same right after a pod changed', changedMs, 20),
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

import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import {
  gated,
  heldBinding,
  MeshClusters,
  type EntityContext,
  type GatedSampling,
  type KubernetesMeshCluster,
} from '../backendInternals';
import type { BenchRow } from '../BenchRow';
import type { RequestCounts } from './ApiServer';
import { createClusters, startAll, until } from './portal';
import { createReplica } from './Replica';
import type { ReplicaDatabase } from './ReplicaDatabase';
import type { ScaleSize } from './ScaleSize';
import type { RunningApiServer } from './startApiServer';

const ADA = 'user:default/ada';
const ALLOWED = { allowed: true } as const;
const MINUTE_MS = 60_000;

/** One process of the portal, but for its process. */
interface Portal {
  clusters: KubernetesMeshCluster[];
  knex: Knex;
  sampling: GatedSampling;
}

/** A clock that all replicas share, which the bench can put forward. */
class Clock {
  #aheadMs = 0;
  readonly now = (): Date => new Date(Date.now() + this.#aheadMs);
  forward(ms: number): void {
    this.#aheadMs += ms;
  }
}

async function startPortal(
  size: ScaleSize,
  url: string,
  knex: Knex,
  clock: Clock,
): Promise<Portal> {
  const clusters = createClusters(size, url);
  await startAll(clusters);
  const sampling = gated(
    await createReplica(MeshClusters.create(clusters), knex, clock.now),
  );
  return { clusters, knex, sampling };
}

/** Another entity for each change, so that none limits the other. */
function contextOf({ clusters }: Portal, change: number): EntityContext {
  const snapshots = clusters.map(cluster => cluster.snapshot());
  const workload = snapshots[change % snapshots.length]?.workloads[change];
  if (!workload) {
    throw new Error('There are fewer workloads than changes');
  }
  const name = `app-${change}`;
  return {
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name },
    },
    entityRef: `component:default/${name}`,
    credentials: {
      $$type: '@backstage/BackstageCredentials',
      principal: { type: 'user', userEntityRef: ADA },
    },
    userRef: ADA,
    ownershipRefs: [ADA],
    match: { explanation: '', workloads: [workload] },
    binding: heldBinding([workload]),
    snapshots,
  };
}

/** All replicas save the same change at once; how many succeeded. */
async function saveEverywhere(
  portals: Portal[],
  change: number,
  expiresAt: string,
): Promise<number> {
  const wishes = await Promise.all(
    portals.map(async portal => {
      const context = contextOf(portal, change);
      const [workload] = context.match.workloads;
      if (!workload) {
        throw new Error('There is no workload');
      }
      const { cluster, namespace, kind, name } = workload;
      const override = {
        workload: { cluster, namespace, kind, name },
        samplingPercent: 50,
        expiresAt,
        reason: 'bench',
      };
      const { token } = await portal.sampling.service.preview(
        context,
        ALLOWED,
        override,
      );
      return { portal, context, override, token };
    }),
  );
  const saved = await Promise.allSettled(
    wishes.map(async ({ portal, context, override, token }) => {
      if (!token) {
        throw new Error('The change is not allowed');
      }
      await portal.sampling.service.apply(context, ALLOWED, {
        override,
        token,
        requestId: randomUUID(),
      });
    }),
  );
  return saved.filter(({ status }) => status === 'fulfilled').length;
}

async function historyOf(
  portal: Portal,
  changes: number,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let change = 0; change < changes; change++) {
    const { entries } = await portal.sampling.service.history(
      contextOf(portal, change),
    );
    // Who came too late stands in the history too, as failed.
    for (const { kind } of entries.filter(
      ({ outcome }) => outcome === 'succeeded',
    )) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return counts;
}

function sumOf(counts: RequestCounts, verb: string): number {
  return Object.entries(counts)
    .filter(([key]) => key.startsWith(`${verb} `))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** Whether all replicas see so many Telemetries, over all clusters. */
async function allSee(portals: Portal[], count: number): Promise<void> {
  await until(
    () =>
      portals.every(
        ({ clusters }) =>
          clusters.reduce(
            (sum, cluster) =>
              sum + cluster.snapshot().inputs.telemetries.length,
            0,
          ) === count,
      ),
    50,
    60_000,
  );
}

/** Replicas of the portal on one database, on a mesh that is small enough for all. */
export async function measureReplicas(
  size: ScaleSize,
  server: RunningApiServer,
  database: ReplicaDatabase,
): Promise<BenchRow[]> {
  const clock = new Clock();
  const portals: Portal[] = [];
  try {
    await server.counts();
    let loadOfOne: RequestCounts = {};
    for (let replica = 0; replica < size.replicas; replica++) {
      portals.push(
        await startPortal(size, server.url, database.client(), clock),
      );
      if (replica === 0) {
        loadOfOne = await server.counts();
      }
    }
    const loadOfOthers = await server.counts();
    const expiresAt = new Date(
      clock.now().getTime() + 30 * MINUTE_MS,
    ).toISOString();
    let saved = 0;
    for (let change = 0; change < size.changes; change++) {
      saved += await saveEverywhere(portals, change, expiresAt);
    }
    await allSee(portals, size.telemetries + size.changes);
    const loadOfChanges = await server.counts();
    clock.forward(31 * MINUTE_MS);
    await Promise.all(portals.map(({ sampling }) => sampling.expiry.run()));
    await allSee(portals, size.telemetries);
    await Promise.all(portals.map(({ sampling }) => sampling.expiry.run()));
    const loadOfEnds = await server.counts();
    const [first] = portals;
    const history = first
      ? await historyOf(first, size.changes)
      : new Map<string, number>();
    const label = `${size.replicas} replicas on one ${database.name}`;
    const perOther = (verb: string) =>
      sumOf(loadOfOthers, verb) / Math.max(1, size.replicas - 1);
    return [
      {
        name: `${label}: changes saved, of ${size.changes} that each tried at once, too many or too few`,
        value: Math.abs(saved - size.changes),
        unit: '',
        limit: 0,
      },
      {
        name: `${label}: lines of history for changes, too many or too few`,
        value: Math.abs((history.get('apply') ?? 0) - size.changes),
        unit: '',
        limit: 0,
      },
      {
        name: `${label}: lines of history for ends, too many or too few`,
        value: Math.abs((history.get('expire') ?? 0) - size.changes),
        unit: '',
        limit: 0,
      },
      {
        name: `${label}: deletions that the API servers were asked for, per end`,
        value: sumOf(loadOfEnds, 'delete') / size.changes,
        unit: '',
        limit: 1,
      },
      {
        name: 'watches that the first replica opens',
        value: sumOf(loadOfOne, 'watch'),
        unit: '',
      },
      {
        name: 'watches that each further replica opens, per one of the first',
        value: perOther('watch') / sumOf(loadOfOne, 'watch'),
        unit: 'x',
        limit: 1,
      },
      {
        name: 'pages of lists that each further replica asks for at its start, per one of the first',
        value: perOther('list') / sumOf(loadOfOne, 'list'),
        unit: 'x',
        limit: 1,
      },
      {
        name: `${label}: lists while changes are made and end`,
        value: sumOf(loadOfChanges, 'list') + sumOf(loadOfEnds, 'list'),
        unit: '',
        limit: 0,
      },
      {
        name: `${label}: other requests to the API servers, per change and end`,
        value:
          (['get', 'post', 'put', 'delete'] as const).reduce(
            (sum, verb) =>
              sum + sumOf(loadOfChanges, verb) + sumOf(loadOfEnds, verb),
            0,
          ) / size.changes,
        unit: '',
      },
    ];
  } finally {
    await Promise.all(
      portals.flatMap(({ clusters }) =>
        clusters.map(cluster => cluster.stop()),
      ),
    );
  }
}

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

/** What the API servers were asked, phase by phase. */
interface Loads {
  /** Start of the first replica, and of the others together. */
  first: RequestCounts;
  others: RequestCounts;
  /** While changes were made, and while they ended. */
  changes: RequestCounts;
  ends: RequestCounts;
}

interface Outcome {
  saved: number;
  history: Map<string, number>;
  loads: Loads;
}

/** Changes and ends on replicas that run. */
async function changeAndEnd(
  size: ScaleSize,
  server: RunningApiServer,
  { portals, clock }: { portals: Portal[]; clock: Clock },
): Promise<Omit<Outcome, 'loads'> & Pick<Loads, 'changes' | 'ends'>> {
  const expiresAt = new Date(
    clock.now().getTime() + 30 * MINUTE_MS,
  ).toISOString();
  let saved = 0;
  for (let change = 0; change < size.changes; change++) {
    saved += await saveEverywhere(portals, change, expiresAt);
  }
  await allSee(portals, size.telemetries + size.changes);
  const changes = await server.counts();
  clock.forward(31 * MINUTE_MS);
  await Promise.all(portals.map(({ sampling }) => sampling.expiry.run()));
  await allSee(portals, size.telemetries);
  await Promise.all(portals.map(({ sampling }) => sampling.expiry.run()));
  const ends = await server.counts();
  const history = await historyOf(portals[0] as Portal, size.changes);
  return { saved, history, changes, ends };
}

/** Replicas of the portal on one database, on a mesh that is small enough for all. */
export async function measureReplicas(
  size: ScaleSize,
  server: RunningApiServer,
  database: ReplicaDatabase,
): Promise<BenchRow[]> {
  const clock = new Clock();
  const portals: Portal[] = [];
  const start = async () => {
    portals.push(await startPortal(size, server.url, database.client(), clock));
  };
  try {
    await server.counts();
    await start();
    const first = await server.counts();
    while (portals.length < size.replicas) {
      await start();
    }
    const others = await server.counts();
    const { changes, ends, ...outcome } = await changeAndEnd(size, server, {
      portals,
      clock,
    });
    const loads = { first, others, changes, ends };
    return rowsOf(size, database.name, { ...outcome, loads });
  } finally {
    await Promise.all(
      portals.flatMap(({ clusters }) =>
        clusters.map(cluster => cluster.stop()),
      ),
    );
  }
}

function rowsOf(
  size: ScaleSize,
  database: string,
  { saved, history, loads }: Outcome,
): BenchRow[] {
  const label = `${size.replicas} replicas on one ${database}`;
  const row = (name: string, value: number, limit?: number): BenchRow => ({
    name,
    value,
    unit: '',
    ...(limit === undefined ? {} : { limit }),
  });
  const off = (kind: string) =>
    Math.abs((history.get(kind) ?? 0) - size.changes);
  const later = (verb: string) =>
    sumOf(loads.changes, verb) + sumOf(loads.ends, verb);
  const ofOther = (verb: string) =>
    sumOf(loads.others, verb) /
    Math.max(1, size.replicas - 1) /
    sumOf(loads.first, verb);
  const others = ['get', 'post', 'put', 'delete'];
  return [
    row(
      `${label}, ${size.changes} changes that each tries at once: saved too often or not`,
      Math.abs(saved - size.changes),
      0,
    ),
    row(`${label}: told too often or not, of changes`, off('apply'), 0),
    row(`${label}: told too often or not, of ends`, off('expire'), 0),
    row(
      `${label}: deletions asked of the API servers, per end`,
      sumOf(loads.ends, 'delete') / size.changes,
      1,
    ),
    row('watches of the first replica', sumOf(loads.first, 'watch')),
    {
      ...row('watches of each further replica', ofOther('watch'), 1),
      unit: 'x',
    },
    {
      ...row('lists of each further replica at its start', ofOther('list'), 1),
      unit: 'x',
    },
    row(`${label}: lists while changes are made and end`, later('list'), 0),
    row(
      `${label}: other requests to the API servers, per change and its end`,
      others.reduce((sum, verb) => sum + later(verb), 0) / size.changes,
    ),
  ];
}

import {
  traceServiceNameCandidates,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../../shared/EntityContext';
import { callTraceStore, readOptionsOf } from '../../tracestore';
import { namedEntity, type TraceServiceNames } from '../../workloads';
import { contextOfWorkload, resolveWindow } from '../../traces';

/** How many workloads bear each name in traces, by a snapshot's workloads. */
const bearers = new WeakMap<Workload[], Map<string, number>>();

/**
 * Requests a second that reach one workload, traced or not, by the metrics of its
 * trace store. Null without metrics, where these count traced requests only, and where its names in traces may be another
 * workload's too: most metrics know nothing else, and would count them twice.
 *
 * @throws what {@link TraceServiceNames.find} throws, and what the store throws
 */
export async function measureRequests(
  names: Pick<TraceServiceNames, 'find'>,
  context: EntityContext,
  workload: Workload,
  nowMs: number,
): Promise<number | null> {
  const snapshot = context.snapshots.find(
    ({ cluster }) => cluster === workload.cluster,
  );
  const { store, found } = await names.find(
    namedEntity(contextOfWorkload(context, workload)),
    readOptionsOf(context),
  );
  const countsAll = store.requestSource?.counts !== 'traced-requests';
  if (
    !store.requestMetrics ||
    !countsAll ||
    !snapshot ||
    !isAlone(found, snapshot)
  ) {
    return null;
  }
  const { namespace, name } = workload;
  const rows = await callTraceStore(
    store,
    s =>
      s.requestMetrics?.(
        {
          services: found,
          workloads: [{ namespace, name }],
          ...resolveWindow({}, nowMs),
        },
        readOptionsOf(context),
      ) ?? Promise.resolve(undefined),
    context.signal,
  );
  const rates = (rows ?? []).flatMap(row => row.callsPerSecond ?? []);
  return rates.length > 0 ? rates.reduce((all, rate) => all + rate, 0) : null;
}

function isAlone(services: string[], snapshot: MeshSnapshot): boolean {
  const counts = bearers.get(snapshot.workloads) ?? countBearers(snapshot);
  return services.every(service => (counts.get(service) ?? 0) <= 1);
}

function countBearers({ workloads, inputs }: MeshSnapshot) {
  const counts = new Map<string, number>();
  for (const workload of workloads) {
    const names = new Set(
      traceServiceNameCandidates(workload, inputs.meshConfig).flatMap(
        ({ name, shared }) => (shared ? [] : [name]),
      ),
    );
    names.forEach(name => counts.set(name, (counts.get(name) ?? 0) + 1));
  }
  bearers.set(workloads, counts);
  return counts;
}

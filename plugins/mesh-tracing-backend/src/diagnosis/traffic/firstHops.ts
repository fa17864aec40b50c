import {
  decidingSide,
  localDecisionPercent,
  traceServiceNameCandidates,
  type FirstHopFacts,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../../shared/EntityContext';
import type { WorkloadTracings } from '../../tracing';
import type { FirstHopEntities } from '../../workloads';
import type { Caller } from './readCallers';

const MOST_HOPS = 3;

/** What is needed to say who decides at a hop. */
export interface HopSources {
  tracings: Pick<WorkloadTracings, 'effective'>;
  firstHops: FirstHopEntities;
}

/** The services where traces began, with their sampling and their entities. */
export async function hopsOfTraces(
  sources: HopSources,
  context: EntityContext,
  of: {
    snapshot: MeshSnapshot | undefined;
    beganAt: Array<{ service: string; traces: number }>;
    traceCount: number;
  },
): Promise<FirstHopFacts[]> {
  const { beganAt, snapshot, traceCount } = of;
  return Promise.all(
    beganAt.slice(0, MOST_HOPS).map(({ service, traces }) =>
      hopOf(sources, context, {
        name: service,
        share: traces / Math.max(1, traceCount),
        workload: snapshot && workloadOfName(snapshot, service),
        snapshot,
      }),
    ),
  );
}

/** The workloads that sent the requests, by metrics. */
export async function hopsOfCallers(
  sources: HopSources,
  context: EntityContext,
  of: { snapshot: MeshSnapshot | undefined; callers: readonly Caller[] },
): Promise<FirstHopFacts[]> {
  const { callers, snapshot } = of;
  const all = callers.reduce((sum, { count }) => sum + count, 0);
  return Promise.all(
    callers.slice(0, MOST_HOPS).map(({ count, name, namespace }) =>
      hopOf(sources, context, {
        name: `${name}.${namespace}`,
        share: all > 0 ? count / all : 0,
        workload: snapshot?.workloads.find(
          workload =>
            workload.name === name && workload.namespace === namespace,
        ),
        snapshot,
      }),
    ),
  );
}

/** Gateways of a mesh whose proxies sample none. */
export async function silentGateways(
  sources: HopSources,
  context: EntityContext,
  snapshot: MeshSnapshot | undefined,
): Promise<FirstHopFacts[]> {
  const silent = (snapshot?.workloads ?? []).filter(
    workload =>
      workload.proxy === 'gateway' &&
      percentAt(sources, workload, snapshot) === 0,
  );
  return Promise.all(
    silent.slice(0, MOST_HOPS).map(workload =>
      hopOf(sources, context, {
        name: `${workload.name}.${workload.namespace}`,
        share: 0,
        workload,
        snapshot,
      }),
    ),
  );
}

/** Percent of the requests without a decision that a workload's proxy samples. */
export function percentAt(
  { tracings }: Pick<HopSources, 'tracings'>,
  workload: Workload,
  snapshot: MeshSnapshot | undefined,
): number {
  return localDecisionPercent(
    decidingSide(tracings.effective(workload, snapshot)),
  );
}

async function hopOf(
  sources: HopSources,
  context: EntityContext,
  of: {
    name: string;
    share: number;
    workload: Workload | undefined;
    snapshot: MeshSnapshot | undefined;
  },
): Promise<FirstHopFacts> {
  const { name, share, snapshot, workload } = of;
  // The verdict holds even where the catalog can't name the entity.
  const known = await sources.firstHops
    .entityOfService(context, name)
    .catch(() => undefined);
  const hasProxy = workload !== undefined && workload.proxy !== 'none';
  return {
    name,
    share,
    ...(hasProxy
      ? {
          samplingPercent: percentAt(sources, workload, snapshot),
          isGateway: workload.proxy === 'gateway',
        }
      : {}),
    ...(known?.entityRef ? { entityRef: known.entityRef } : {}),
  };
}

function workloadOfName(
  { inputs, workloads }: MeshSnapshot,
  service: string,
): Workload | undefined {
  return workloads.find(
    workload =>
      workload.proxy !== 'none' &&
      traceServiceNameCandidates(workload, inputs.meshConfig).some(
        ({ name, reason }) => name === service && reason.startsWith('Istio'),
      ),
  );
}

import { InputError } from '@backstage/errors';
import {
  canonicalServiceOf,
  checkMark,
  describeForcingHop,
  isSameWorkload,
  planConditionalTracing,
  type ConditionalPlan,
  type ConditionalRequest,
  type ForcingHop,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../shared/EntityContext';
import { withErrorDetails } from '../shared/errorDetails';
import type { WorkloadTracings } from '../tracing';
import { toWorkloadRef } from '../workloads';
import { markProblems } from './markProblems';

/** Gateways that are offered at most; a mesh has a handful. */
const MAX_GATEWAYS = 20;

/** A proxy that may meet a request first, and the entity's workload behind it. */
interface Hop {
  kind: ForcingHop['kind'];
  /** Whose proxy it is. */
  proxy: Workload;
  /** Absent where the proxy is the entity's own. */
  behind?: Workload;
  url?: string;
}

/**
 * Answers how one request to an entity is traced, and how marked ones always are. Both
 * come from memory, and neither changes anything.
 */
export class ForcingAnswers {
  readonly #tracings: WorkloadTracings;

  static create(options: { tracings: WorkloadTracings }): ForcingAnswers {
    return new ForcingAnswers(options.tracings);
  }

  private constructor(tracings: WorkloadTracings) {
    this.#tracings = tracings;
  }

  /** The proxies where a request can be sent, with what makes it traced there. */
  hops(context: EntityContext): ForcingHop[] {
    return hopsOf(context).map(({ kind, proxy, behind, url }) => {
      const snapshot = snapshotOf(context, proxy);
      const effectiveOf = (workload: Workload) =>
        this.#tracings.effective(workload, snapshot);
      return describeForcingHop({
        kind,
        workload: toWorkloadRef(proxy),
        // A waypoint is set up by service, so that what counts is how it traces
        // the requests to the workload behind it.
        effective: effectiveOf(kind === 'waypoint' ? behind ?? proxy : proxy),
        ...(proxy.proxyVersion ? { proxyVersion: proxy.proxyVersion } : {}),
        proxyConfig:
          proxy.proxyConfig ?? snapshot?.inputs.meshConfig.defaultConfig,
        ...(behind && kind === 'gateway'
          ? { behind: effectiveOf(behind) }
          : {}),
        ...(url ? { url } : {}),
      });
    });
  }

  /**
   * Configuration by which a hop traces all marked requests.
   *
   * @throws InputError for a mark that can't be used, or a workload that is no hop
   */
  conditional(
    context: EntityContext,
    { workload: wanted, header, value }: ConditionalRequest,
  ): ConditionalPlan {
    const mark = { header, ...(value === undefined ? {} : { value }) };
    const problem = checkMark(mark);
    if (problem) {
      throw withErrorDetails(new InputError(markProblems[problem]), {
        system: 'portal',
        field: problem === 'value-form' ? 'value' : 'header',
      });
    }
    const hop = hopsOf(context).find(({ proxy }) =>
      isSameWorkload(proxy, wanted),
    );
    const snapshot = hop && snapshotOf(context, hop.proxy);
    if (!hop || !snapshot) {
      throw withErrorDetails(
        new InputError(
          'The workload is neither one of the entity nor a gateway of its cluster',
        ),
        { system: 'portal', field: 'workload' },
      );
    }
    return planConditionalTracing({
      mark,
      workload: hop.proxy,
      effective: this.#tracings.effective(hop.proxy, snapshot),
      workloads: snapshot.workloads,
    });
  }
}

/** Gateways first: requests from outside meet them first. */
function hopsOf(context: EntityContext): Hop[] {
  const { match, snapshots } = context;
  const own = match.workloads.flatMap(workload => ownHops(context, workload));
  const isOwn = (workload: Workload) =>
    match.workloads.some(each => isSameWorkload(each, workload));
  const gateways = snapshots.flatMap(({ cluster, workloads }) => {
    const behind = match.workloads.find(each => each.cluster === cluster);
    return behind && behind.proxy !== 'gateway'
      ? workloads
          .filter(each => each.proxy === 'gateway' && !isOwn(each))
          .map(proxy => ({ kind: 'gateway' as const, proxy, behind }))
      : [];
  });
  return [...gateways.slice(0, MAX_GATEWAYS), ...own];
}

function ownHops(context: EntityContext, workload: Workload): Hop[] {
  const url = urlOf(workload, snapshotOf(context, workload));
  if (workload.proxy !== 'none') {
    const kind = workload.proxy === 'sidecar' ? 'service' : workload.proxy;
    return [{ kind, proxy: workload, ...(url ? { url } : {}) }];
  }
  const waypoints = (workload.routes ?? []).flatMap(({ state, proxy }): Hop[] =>
    state === 'waypoint' && proxy
      ? [
          {
            kind: 'waypoint',
            proxy,
            behind: workload,
            ...(url ? { url } : {}),
          },
        ]
      : [],
  );
  const distinct = waypoints.filter(
    ({ proxy }, index) =>
      waypoints.findIndex(each => isSameWorkload(each.proxy, proxy)) === index,
  );
  return distinct.length > 0
    ? distinct
    : [{ kind: 'service', proxy: workload }];
}

/** Where the mesh knows the workload's service: by its name or its usual labels. */
function urlOf(
  { labels, name, namespace }: Workload,
  snapshot: MeshSnapshot | undefined,
): string | undefined {
  const known = [...(snapshot?.inputs.knownServices ?? [])].sort();
  const names = [labels.app, canonicalServiceOf(labels, name).name, name];
  for (const service of new Set(names)) {
    const found =
      service &&
      known.find(address => address.startsWith(`${service}.${namespace}.svc.`));
    if (found) {
      return `http://${found}/`;
    }
  }
  return undefined;
}

function snapshotOf({ snapshots }: EntityContext, { cluster }: Workload) {
  return snapshots.find(snapshot => snapshot.cluster === cluster);
}

import { parseEntityRef } from '@backstage/catalog-model';
import {
  type AlertSubject,
  joinSharedNames,
  traceServiceNameCandidates,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { ownersOf } from '../shared/ownersOf';
import { namedEntity, type TraceServiceNames } from '../workloads';

/**
 * What metrics are asked about an entity, and what its alerts say of it.
 *
 * @param portalUrl - where people reach the portal; absent where not configured
 */
export function alertSubject(
  context: EntityContext,
  names: TraceServiceNames,
  portalUrl: string | undefined,
): AlertSubject {
  const { entity, entityRef, match, snapshots } = context;
  const own = (candidates: Array<{ name: string; shared?: true }>) =>
    candidates.filter(({ shared }) => !shared).map(({ name }) => name);
  const services = own(names.candidates(namedEntity(context)));
  const ofWorkloads = match.workloads.map(workload =>
    own(
      traceServiceNameCandidates(
        workload,
        snapshots.find(({ cluster }) => cluster === workload.cluster)?.inputs
          .meshConfig,
        entity.metadata.annotations,
      ),
    ),
  );
  const workloads = match.workloads.map(({ namespace, kind, name }) => ({
    namespace,
    kind,
    name,
  }));
  return {
    entityRef,
    ownerRef: ownersOf(entity)[0],
    tabUrl: portalUrl && tabUrl(portalUrl, entityRef),
    measured: { services, workloads },
    workloads,
    tracedNames: joinSharedNames(
      ofWorkloads.length > 0 ? ofWorkloads : [services],
    ),
  };
}

/** The latency view of the entity's tab, below the catalog's usual path. */
function tabUrl(portalUrl: string, entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [namespace, kind, name].map(encodeURIComponent).join('/');
  return `${portalUrl.replace(/\/$/, '')}/catalog/${path}/tracing?view=latency`;
}

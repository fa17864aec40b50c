import type { TraceSubject } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { traceSubjectOf } from './traceSubjectOf';

/**
 * An entity's workloads as the traces know them, among all of the clusters.
 *
 * @param services - names that are the entity's
 * @param searched - with those of waypoints before it
 */
export function subjectOf(
  { match, snapshots }: Pick<EntityContext, 'match' | 'snapshots'>,
  services: string[],
  searched: readonly string[] = services,
): TraceSubject {
  const subject = traceSubjectOf(match.workloads, services, snapshots);
  const sharedServices = searched.filter(name => !services.includes(name));
  return sharedServices.length > 0 ? { ...subject, sharedServices } : subject;
}

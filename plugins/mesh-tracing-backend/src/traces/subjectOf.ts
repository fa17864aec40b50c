import type { TraceSubject } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { traceSubjectOf } from './traceSubjectOf';

/** An entity's workloads as the traces know them, among all of the clusters. */
export function subjectOf(
  { match, snapshots }: Pick<EntityContext, 'match' | 'snapshots'>,
  services: string[],
): TraceSubject {
  return traceSubjectOf(match.workloads, services, snapshots);
}

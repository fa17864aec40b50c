import {
  ANNOTATION_TRACE_STORE,
  formatWorkloadRef,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';

/**
 * The context of an entity, narrowed to one workload of its clusters. The entity's
 * own names in traces say nothing of workloads that are not its.
 */
export function contextOfWorkload(
  context: EntityContext,
  workload: Workload,
): EntityContext {
  const { entity, match } = context;
  const narrowed = { ...context, match: { ...match, workloads: [workload] } };
  const ref = formatWorkloadRef(workload);
  if (match.workloads.some(own => formatWorkloadRef(own) === ref)) {
    return narrowed;
  }
  const store = entity.metadata.annotations?.[ANNOTATION_TRACE_STORE];
  return {
    ...narrowed,
    entity: {
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: store ? { [ANNOTATION_TRACE_STORE]: store } : {},
      },
    },
  };
}

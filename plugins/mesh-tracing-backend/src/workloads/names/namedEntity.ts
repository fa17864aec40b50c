import type { EntityContext } from '../../shared/EntityContext';
import type { NamedEntity } from './TraceServiceNames';

/**
 * The parts of a context by which the trace service names of its entity are looked
 * up.
 */
export function namedEntity(context: EntityContext): NamedEntity {
  return {
    entity: context.entity,
    workloads: context.match.workloads,
    snapshots: context.snapshots,
  };
}

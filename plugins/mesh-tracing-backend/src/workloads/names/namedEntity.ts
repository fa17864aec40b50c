import type { EntityContext } from '../../shared/EntityContext';
import type { NamedEntity } from './TraceServiceNames';

/** What the trace service names of an entity are looked up by. */
export function namedEntity(context: EntityContext): NamedEntity {
  return {
    entity: context.entity,
    workloads: context.match.workloads,
    snapshots: context.snapshots,
  };
}

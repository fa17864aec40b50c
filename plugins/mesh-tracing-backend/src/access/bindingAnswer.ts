import type {
  BindingStanding,
  WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { refusalOf } from '../workloads';
import type { WriteAccess } from './WriteAccess';

/** What one caller may do with the entities whose claims stand in its way. */
export interface KnownRivals {
  /** Those that the caller may see. */
  seen: ReadonlySet<string>;
  /** Those for whose owners the caller may act. */
  actedFor: ReadonlySet<string>;
}

/**
 * Whether a workload may be changed through an entity whose claim may be the weaker one.
 *
 * @param base - what the caller may do with the entity as such
 */
export function writeAccessThrough({
  base,
  context,
  known,
  standing,
  workload,
}: {
  context: EntityContext;
  workload: WorkloadRef;
  standing: BindingStanding;
  base: WriteAccess;
  known: KnownRivals;
}): WriteAccess {
  if (!base.allowed || standing.state === 'holds') {
    return base;
  }
  const needed = actingNeeds(standing);
  if (needed.length > 0 && needed.every(ref => known.actedFor.has(ref))) {
    const { rivals } = standing;
    const owners = rivals.flatMap(rival => rival.owners);
    return {
      allowed: true,
      onBehalfOf: [...new Set(rivals.length > 0 ? owners : needed)].sort(),
    };
  }
  return {
    allowed: false,
    reason: refusalOf(context, workload, standing, known.seen),
    refusedBy: 'binding',
  };
}

/**
 * On whose behalf a caller must be allowed to act to change the workload: that of the
 * entities that hold it, else of the owners whom the cluster names. Empty where acting
 * for others does not help, as in a contest: nobody acts for both of its sides.
 */
export function actingNeeds({
  named,
  rivals,
  state,
}: BindingStanding): string[] {
  if (state !== 'weaker') {
    return [];
  }
  return rivals.length > 0
    ? rivals.map(({ entityRef }) => entityRef)
    : named?.owners ?? [];
}

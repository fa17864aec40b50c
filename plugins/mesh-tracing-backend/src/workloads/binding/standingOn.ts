import {
  formatWorkloadRef,
  type BindingStanding,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityBinding } from 'backstage-plugin-mesh-tracing-node';

/**
 * For a workload that the binding does not know: nothing speaks for the entity, so
 * nothing is allowed.
 */
const NONE: BindingStanding = {
  state: 'unconfirmed',
  strength: 'name',
  rivals: [],
  challengers: [],
};

/**
 * An entity's standing towards one workload; `unconfirmed` for one that the binding
 * does not hold.
 */
export function standingOn(
  { workloads }: EntityBinding,
  workload: WorkloadRef,
): BindingStanding {
  return workloads.get(formatWorkloadRef(workload)) ?? NONE;
}

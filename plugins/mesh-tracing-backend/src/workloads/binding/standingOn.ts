import {
  formatWorkloadRef,
  type BindingStanding,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityBinding } from 'backstage-plugin-mesh-tracing-node';

/** Nothing is known in its favour, so nothing is let through. */
const NONE: BindingStanding = {
  state: 'unconfirmed',
  strength: 'name',
  rivals: [],
  challengers: [],
};

/** An entity's standing towards one workload; none for what it was not asked of. */
export function standingOn(
  { workloads }: EntityBinding,
  workload: WorkloadRef,
): BindingStanding {
  return workloads.get(formatWorkloadRef(workload)) ?? NONE;
}

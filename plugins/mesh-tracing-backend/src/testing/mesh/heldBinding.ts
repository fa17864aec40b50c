import {
  formatWorkloadRef,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityBinding } from 'backstage-plugin-mesh-tracing-node';

/** The binding of an entity that stands for these workloads, and nobody else does. */
export function heldBinding(workloads: readonly WorkloadRef[]): EntityBinding {
  return {
    workloads: new Map(
      workloads.map(workload => [
        formatWorkloadRef(workload),
        {
          state: 'holds' as const,
          strength: 'reference' as const,
          rivals: [],
          challengers: [],
        },
      ]),
    ),
    serviceNames: new Map(),
  };
}

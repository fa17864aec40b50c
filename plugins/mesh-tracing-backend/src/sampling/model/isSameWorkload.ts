import type { WorkloadRef } from 'backstage-plugin-mesh-tracing-common';

/** Whether two refs name the same workload. */
export function isSameWorkload(a: WorkloadRef, b: WorkloadRef): boolean {
  return (
    a.cluster === b.cluster &&
    a.namespace === b.namespace &&
    a.kind === b.kind &&
    a.name === b.name
  );
}

import type { WorkloadRef } from './Workload';

/** Whether two refs name the same workload. @public */
export function isSameWorkload(a: WorkloadRef, b: WorkloadRef): boolean {
  return (
    a.cluster === b.cluster &&
    a.namespace === b.namespace &&
    a.kind === b.kind &&
    a.name === b.name
  );
}

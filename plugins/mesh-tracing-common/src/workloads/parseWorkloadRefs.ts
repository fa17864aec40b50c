import { InputError } from '@backstage/errors';
import type { WorkloadRef } from './model';

/** A workload as a person writes it: without cluster it means every cluster. @public */
export type PartialWorkloadRef = Omit<WorkloadRef, 'cluster'> & {
  cluster?: string;
};

/**
 * Parses the value of `meshtracing.io/workloads`: `cluster/namespace/kind/name`
 * or `namespace/kind/name`, comma separated.
 *
 * @throws InputError that names the item that is wrong
 * @public
 */
export function parseWorkloadRefs(text: string): PartialWorkloadRef[] {
  return text.split(',').map(item => {
    const parts = item.trim().split('/');
    const [name, kind, namespace, cluster] = parts.reverse();
    if (
      parts.length < 3 ||
      parts.length > 4 ||
      parts.some(part => !part) ||
      !name ||
      !kind ||
      !namespace
    ) {
      throw new InputError(
        `'${item.trim()}' is not a workload; write namespace/kind/name or cluster/namespace/kind/name, such as shop/Deployment/cart`,
      );
    }
    return { ...(cluster ? { cluster } : {}), namespace, kind, name };
  });
}

/** Whether the workload is meant. The kind is compared without case. @public */
export function matchesWorkloadRef(
  ref: PartialWorkloadRef,
  workload: WorkloadRef,
): boolean {
  return (
    (ref.cluster === undefined || ref.cluster === workload.cluster) &&
    ref.namespace === workload.namespace &&
    ref.kind.toLowerCase() === workload.kind.toLowerCase() &&
    ref.name === workload.name
  );
}

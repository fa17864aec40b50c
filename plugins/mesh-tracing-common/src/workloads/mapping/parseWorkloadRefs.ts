import { InputError } from '@backstage/errors';
import { shortened } from '../../shared/shortened';
import {
  MAX_REF_PART_LENGTH,
  requireAnnotationEntries,
  requireAnnotationLength,
} from './annotationLimits';
import type { WorkloadRef } from '../model/Workload';

/** A workload as a person writes it: without cluster it means every cluster. @public */
export type PartialWorkloadRef = Omit<WorkloadRef, 'cluster'> & {
  cluster?: string;
};

/**
 * Parses the value of `meshtracing.io/workloads`: `cluster/namespace/kind/name`
 * or `namespace/kind/name`, comma separated; at most 200, in 16 kB.
 *
 * @throws InputError that names the item that is wrong, or the limit
 * @public
 */
export function parseWorkloadRefs(text: string): PartialWorkloadRef[] {
  requireAnnotationLength(text);
  const items = text.split(',');
  requireAnnotationEntries(items.length, 'workloads');
  return items.map(item => {
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
        `'${shortened(
          item.trim(),
        )}' is not a workload; write namespace/kind/name or cluster/namespace/kind/name, such as shop/Deployment/cart`,
      );
    }
    if (parts.some(part => part.length > MAX_REF_PART_LENGTH)) {
      throw new InputError(
        `'${shortened(
          item.trim(),
        )}' is not a workload: a name has at most ${MAX_REF_PART_LENGTH} characters`,
      );
    }
    return { ...(cluster ? { cluster } : {}), namespace, kind, name };
  });
}

/** Whether the workload is meant. The kind is compared without case. */
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

import {
  ownersCommand,
  type BindingStanding,
  type BindingView,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import type { WriteAccess } from './WriteAccess';
import { bindingFindings, explanationOf, toWorkloadRef } from '../workloads';

/**
 * How an entity stands to a workload, told with only those entities that the caller
 * may see.
 */
export function bindingView(options: {
  context: EntityContext;
  /** Owners of the entity. */
  owners: string[];
  workload: WorkloadRef;
  standing: BindingStanding;
  /** Refs of the entities that the caller may see, and that are named. */
  seen: ReadonlySet<string>;
  tracesShown: boolean;
  write: WriteAccess;
}): BindingView {
  const { context, owners, seen, standing, tracesShown, workload, write } =
    options;
  const { named, rivals, state, strength } = standing;
  const command =
    state === 'holds' ? undefined : ownersCommand(workload, owners);
  return {
    workload: toWorkloadRef(workload),
    state,
    claim: strength,
    explanation: explanationOf(context, standing, seen),
    others: rivals
      .filter(({ entityRef }) => seen.has(entityRef))
      .map(({ entityRef, owners: theirs, strength: claim }) => ({
        entityRef,
        owners: theirs,
        claim,
      })),
    ...(named && { namedOwners: named.owners }),
    tracesShown,
    change: write.allowed
      ? {
          allowed: true,
          onBehalfOf: write.onBehalfOf,
        }
      : { allowed: false, reason: write.reason },
    ...(command && { command }),
    findings: bindingFindings(options),
  };
}

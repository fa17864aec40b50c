import type { WorkloadRef } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';

/** Finds the owners of workloads in the catalog as the caller sees it. */
export interface WorkloadOwners {
  /** Entity refs of owners; undefined for a workload that no entity stands for. */
  owners(
    context: EntityContext,
  ): Promise<(workload: WorkloadRef) => string[] | undefined>;
}

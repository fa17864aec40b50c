import type { Entity } from '@backstage/catalog-model';
import type { BindingStanding } from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from './MeshCluster';
import type { WorkloadMatch } from './WorkloadResolver';

/** An entity as it was just read, with the workloads that it leads to. @public */
export interface BoundEntity {
  entity: Entity;
  match: WorkloadMatch;
  snapshots: MeshSnapshot[];
}

/** How one entity stands to its workloads and to the names it reads traces by. @public */
export interface EntityBinding {
  /** By `cluster/namespace/kind/name`. What is missing here does not hold. */
  workloads: ReadonlyMap<string, BindingStanding>;
  /** By trace service name, of those that the entity's annotations list. */
  serviceNames: ReadonlyMap<string, BindingStanding>;
}

/**
 * Decides who may stand for a workload. Standings name entities regardless of who
 * asks: what a caller may not see is left out where it is answered.
 *
 * @public
 */
export interface WorkloadBinding {
  /** @throws ServiceUnavailableError when the catalog is away: nothing is guessed. */
  bind(bound: BoundEntity): Promise<EntityBinding>;
}

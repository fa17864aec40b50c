import type { Entity } from '@backstage/catalog-model';
import type { BindingStanding } from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from './MeshCluster';
import type { WorkloadMatch } from './WorkloadResolver';

/** An entity as it was just read, with the workloads that it leads to. @public */
export interface BoundEntity {
  /** As the catalog has it now. */
  entity: Entity;
  /** The workloads that it leads to. */
  match: WorkloadMatch;
  /** Of all clusters. */
  snapshots: MeshSnapshot[];
}

/** How one entity stands to its workloads and to the names it reads traces by. @public */
export interface EntityBinding {
  /**
   * By `cluster/namespace/kind/name`, as `formatWorkloadRef` writes it. For a
   * workload that is missing here the entity may not stand.
   */
  workloads: ReadonlyMap<string, BindingStanding>;
  /**
   * By trace service name, of those that the entity's annotations list. Traces
   * of a name that is missing here may not be read through the entity; absent =
   * of none.
   */
  serviceNames?: ReadonlyMap<string, BindingStanding>;
}

/**
 * Decides who may stand for a workload. Standings name entities regardless of who
 * asks: what a caller may not see is left out where it is answered.
 *
 * @public
 */
export interface WorkloadBinding {
  /**
   * Asked at each request, so it should answer from memory where it can.
   *
   * @throws ServiceUnavailableError when the catalog is away: nothing is guessed
   */
  bind(bound: BoundEntity): Promise<EntityBinding>;
}

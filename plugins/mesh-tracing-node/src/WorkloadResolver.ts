import type { Entity } from '@backstage/catalog-model';
import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from './MeshCluster';

/** The rule that led from an entity to its workloads. @public */
export interface WorkloadMatch {
  /** Annotation (or `metadata.name`) that decided; undefined = none present. */
  rule?: string;
  /** Its value. */
  value?: string;
  /** One sentence for people: "found by `backstage.io/kubernetes-id`: 3 pods". */
  explanation: string;
  /** Each once. */
  workloads: Workload[];
}

/** Finds the workloads of a catalog entity. Pure over the snapshots. @public */
export interface WorkloadResolver {
  /**
   * Asked of every entity of the catalog, so it must be quick.
   *
   * @param snapshots - of all clusters
   */
  resolve(entity: Entity, snapshots: MeshSnapshot[]): WorkloadMatch;
}

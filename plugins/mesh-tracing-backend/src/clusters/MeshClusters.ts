import { NotFoundError } from '@backstage/errors';
import type {
  MeshCluster,
  MeshSnapshot,
} from 'backstage-plugin-mesh-tracing-node';

/** All clusters of the mesh, configured ones and those that modules added. */
export class MeshClusters {
  readonly #clusters: ReadonlyMap<string, MeshCluster>;

  static create(clusters: MeshCluster[]): MeshClusters {
    const byName = new Map<string, MeshCluster>();
    for (const cluster of clusters) {
      if (byName.has(cluster.name)) {
        throw new Error(
          `Two clusters are named '${cluster.name}'; rename one in meshTracing.clusters`,
        );
      }
      byName.set(cluster.name, cluster);
    }
    return new MeshClusters(byName);
  }

  private constructor(clusters: ReadonlyMap<string, MeshCluster>) {
    this.#clusters = clusters;
  }

  list(): MeshCluster[] {
    return [...this.#clusters.values()];
  }

  snapshots(): MeshSnapshot[] {
    return this.list().map(cluster => cluster.snapshot());
  }

  /** @throws NotFoundError for a name that no cluster has. */
  get(name: string): MeshCluster {
    const cluster = this.#clusters.get(name);
    if (!cluster) {
      throw new NotFoundError(`No cluster is named '${name}'`);
    }
    return cluster;
  }
}

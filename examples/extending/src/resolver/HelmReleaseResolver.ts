import type { Entity } from '@backstage/catalog-model';
import type {
  MeshSnapshot,
  WorkloadMatch,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';

/** What a site writes into its catalog-info files: `namespace/release`. */
const ANNOTATION = 'example.com/helm-release';

/** Finds what a Helm release has installed; everything else as by default. */
export class HelmReleaseResolver implements WorkloadResolver {
  readonly #fallback: WorkloadResolver;

  static create(fallback: WorkloadResolver): HelmReleaseResolver {
    return new HelmReleaseResolver(fallback);
  }

  private constructor(fallback: WorkloadResolver) {
    this.#fallback = fallback;
  }

  resolve(entity: Entity, snapshots: MeshSnapshot[]): WorkloadMatch {
    const value = entity.metadata.annotations?.[ANNOTATION];
    if (value === undefined) {
      return this.#fallback.resolve(entity, snapshots);
    }
    const workloads = snapshots
      .flatMap(snapshot => snapshot.workloads)
      .filter(
        ({ namespace, annotations }) =>
          `${namespace}/${annotations['meta.helm.sh/release-name']}` === value,
      );
    return {
      rule: ANNOTATION,
      value,
      explanation: `found by \`${ANNOTATION}\`: ${workloads.length} workloads of ${value}`,
      workloads,
    };
  }
}

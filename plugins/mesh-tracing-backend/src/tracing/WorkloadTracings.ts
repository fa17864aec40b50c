import {
  createTracingResolver,
  tracedSide,
  type EffectiveTracing,
  type MeshTracingInputs,
  type TracingResolver,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';

/** Effective tracing of a workload whose cluster is gone. */
const NO_TRACING: EffectiveTracing = {
  path: 'none',
  chain: [],
  ignored: [],
  findings: [],
};

/** What the mesh's configuration means for workloads, from snapshots alone. */
export class WorkloadTracings {
  /**
   * Kept by inputs, since reading a cluster's inputs once serves all its
   * workloads.
   */
  readonly #resolvers = new WeakMap<MeshTracingInputs, TracingResolver>();

  static create(): WorkloadTracings {
    return new WorkloadTracings();
  }

  private constructor() {}

  effective(
    workload: Workload,
    snapshot: MeshSnapshot | undefined,
  ): EffectiveTracing {
    return snapshot
      ? this.#resolverOf(snapshot.inputs).resolveWorkload(workload)
      : NO_TRACING;
  }

  /**
   * The sampling that these workloads have in common, in percent. Null when
   * they differ, when no span leaves them, or when there are none.
   */
  samplingInForce(
    workloads: Workload[],
    snapshots: MeshSnapshot[],
  ): number | null {
    const values = new Set(
      workloads.map(workload => {
        const side = tracedSide(
          this.effective(
            workload,
            snapshots.find(({ cluster }) => cluster === workload.cluster),
          ),
        );
        return side?.tracing.samplingPercent.value ?? null;
      }),
    );
    const [only] = values;
    return values.size === 1 && only !== undefined ? only : null;
  }

  #resolverOf(inputs: MeshTracingInputs): TracingResolver {
    const known = this.#resolvers.get(inputs);
    const resolver = known ?? createTracingResolver(inputs);
    if (!known) {
      this.#resolvers.set(inputs, resolver);
    }
    return resolver;
  }
}

import {
  explainTracing,
  type EffectiveTracing,
  type TracingResponse,
  type Workload,
  type WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext, WriteAccess } from '../access/EntityContext';
import type { MeshClusters } from '../clusters/MeshClusters';
import type { SamplingService } from '../sampling/SamplingService';
import { namedResources } from './namedResources';
import { clusterStates, toWorkloadView } from './views';
import type { WorkloadTracings } from './WorkloadTracings';

/** Answers `GET …/tracing`, from memory alone. */
export class TracingInsight {
  readonly #clusters: MeshClusters;
  readonly #tracings: WorkloadTracings;
  readonly #sampling: SamplingService;

  static create(options: {
    clusters: MeshClusters;
    tracings: WorkloadTracings;
    sampling: SamplingService;
  }): TracingInsight {
    return new TracingInsight(
      options.clusters,
      options.tracings,
      options.sampling,
    );
  }

  private constructor(
    clusters: MeshClusters,
    tracings: WorkloadTracings,
    sampling: SamplingService,
  ) {
    this.#clusters = clusters;
    this.#tracings = tracings;
    this.#sampling = sampling;
  }

  tracing(context: EntityContext, access: WriteAccess): TracingResponse {
    const rows = context.match.workloads.map(workload => ({
      workload,
      effective: this.#tracings.effective(
        workload,
        snapshotOf(context, workload),
      ),
    }));
    return {
      entityRef: context.entityRef,
      workloads: rows.map(({ workload, effective }) =>
        this.#view(context, workload, effective),
      ),
      ability: this.#sampling.ability(context, access),
      resources: resourcesOf(context, rows),
      clusters: clusterStates(this.#clusters),
    };
  }

  #view(
    context: EntityContext,
    workload: Workload,
    effective: EffectiveTracing,
  ): WorkloadTracing {
    const snapshot = snapshotOf(context, workload);
    return {
      workload: toWorkloadView(workload),
      effective,
      override: snapshot ? this.#sampling.overrideOf(snapshot, workload) : null,
      explanations: explainTracing(effective, workload),
    };
  }
}

function snapshotOf({ snapshots }: EntityContext, { cluster }: Workload) {
  return snapshots.find(snapshot => snapshot.cluster === cluster);
}

function resourcesOf(
  { snapshots }: EntityContext,
  rows: Array<{ workload: Workload; effective: EffectiveTracing }>,
): Record<string, string> {
  return Object.assign(
    {},
    ...snapshots.map(snapshot =>
      namedResources(
        snapshot,
        rows
          .filter(({ workload }) => workload.cluster === snapshot.cluster)
          .map(({ effective }) => effective),
      ),
    ),
  );
}

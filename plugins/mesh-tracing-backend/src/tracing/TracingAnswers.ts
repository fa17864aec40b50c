import {
  explainTracing,
  type BindingView,
  type EffectiveTracing,
  type TracingResponse,
  type Workload,
  type WorkloadTracing,
  isSameWorkload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import {
  EntityNames,
  entityOf,
  type ReadableRefs,
  type ScopeAccess,
} from '../access';
import { clusterStates, type MeshClusters } from '../clusters';
import type { SamplingService } from '../sampling';
import { askAcceptance } from './askAcceptance';
import { namedTelemetries, resourcesOf } from './namedResources';
import { toWorkloadView } from '../workloads';
import type { WorkloadTracings } from './WorkloadTracings';

/** Answers `GET …/tracing` from memory; of istiod it asks only what the proxies accepted. */
export class TracingAnswers {
  readonly #clusters: MeshClusters;
  readonly #tracings: WorkloadTracings;
  readonly #sampling: SamplingService;

  static create(options: {
    clusters: MeshClusters;
    tracings: WorkloadTracings;
    sampling: SamplingService;
  }): TracingAnswers {
    return new TracingAnswers(
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

  /**
   * The effective tracing of the entity's workloads. What overrides that others
   * set are for is told only of entities that the caller may read.
   */
  async tracing(
    context: EntityContext,
    {
      access,
      bindings,
      readable,
    }: {
      access: ScopeAccess;
      bindings: BindingView[];
      readable: ReadableRefs;
    },
  ): Promise<TracingResponse> {
    const { entityRef } = context;
    const rows = context.match.workloads.map(workload => ({
      workload,
      effective: this.#tracings.effective(
        workload,
        snapshotOf(context, workload),
      ),
    }));
    const resources = telemetriesOf(context, rows);
    const workloads = await Promise.all(
      rows.map(({ workload, effective }) =>
        this.#view(context, workload, effective),
      ),
    );
    const names = EntityNames.create({ own: [entityRef], readable });
    await names.learn([
      ...resources.flatMap(({ telemetries }) => telemetries.map(entityOf)),
      ...workloads.flatMap(overridesOf).map(view => view?.entityRef),
    ]);
    return {
      entityRef,
      workloads: workloads.map(view => ({
        ...view,
        binding: bindings.find(({ workload }) =>
          isSameWorkload(workload, view.workload),
        ),
        override: names.inView(view.override),
        wideOverrides: view.wideOverrides?.map(wide => names.inView(wide)),
      })),
      ability: this.#sampling.ability(context, access),
      resources: Object.assign(
        {},
        ...resources.map(({ cluster, telemetries }) =>
          resourcesOf(
            cluster,
            telemetries.map(telemetry => names.inTelemetry(telemetry)),
          ),
        ),
      ),
      clusters: clusterStates(this.#clusters),
    };
  }

  async #view(
    context: EntityContext,
    workload: Workload,
    effective: EffectiveTracing,
  ): Promise<WorkloadTracing> {
    const snapshot = snapshotOf(context, workload);
    const acceptance = await askAcceptance(this.#clusters, {
      workload,
      snapshot,
      effective,
      signal: context.signal,
    });
    const overrideEffect =
      snapshot && this.#sampling.overrideEffect(context, snapshot, workload);
    return {
      workload: toWorkloadView(workload),
      effective,
      override: snapshot ? this.#sampling.overrideOf(snapshot, workload) : null,
      wideOverrides: snapshot
        ? this.#sampling.wideOverridesOf(snapshot, workload)
        : [],
      overrideEffect,
      acceptance,
      explanations: explainTracing(effective, workload),
    };
  }
}

function snapshotOf({ snapshots }: EntityContext, { cluster }: Workload) {
  return snapshots.find(snapshot => snapshot.cluster === cluster);
}

/** By cluster, what the effective tracing of these workloads names. */
function telemetriesOf(
  { snapshots }: EntityContext,
  rows: Array<{ workload: Workload; effective: EffectiveTracing }>,
) {
  return snapshots.map(snapshot => ({
    cluster: snapshot.cluster,
    telemetries: namedTelemetries(
      snapshot,
      rows
        .filter(({ workload }) => workload.cluster === snapshot.cluster)
        .map(({ effective }) => effective),
    ),
  }));
}

function overridesOf({ override, wideOverrides = [] }: WorkloadTracing) {
  return [override, ...wideOverrides];
}

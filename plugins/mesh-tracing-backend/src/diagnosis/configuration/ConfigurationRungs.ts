import {
  decidingSide,
  judgeConfiguration,
  kubernetesServiceOf,
  tracedSide,
  type ConfigurationFacts,
  type DiagnosisRung,
  type EffectiveTracing,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { MeshClusters } from '../../clusters';
import { askAcceptance, type WorkloadTracings } from '../../tracing';
import type { LadderSubject, RungSource } from '../RungSource';

/**
 * The rungs of the mesh's configuration, from memory; only what the proxies accepted
 * and what stands behind the provider's service is asked for.
 */
export class ConfigurationRungs implements RungSource {
  readonly #clusters: MeshClusters;
  readonly #tracings: WorkloadTracings;
  readonly #now: () => number;

  static create(options: {
    clusters: MeshClusters;
    tracings: WorkloadTracings;
    now?: () => number;
  }): ConfigurationRungs {
    return new ConfigurationRungs(options);
  }

  private constructor(options: {
    clusters: MeshClusters;
    tracings: WorkloadTracings;
    now?: () => number;
  }) {
    this.#clusters = options.clusters;
    this.#tracings = options.tracings;
    this.#now = options.now ?? Date.now;
  }

  async rungs(subject: LadderSubject): Promise<DiagnosisRung[]> {
    const snapshot = subject.context.snapshots.find(
      ({ cluster }) => cluster === subject.workload.cluster,
    );
    return snapshot
      ? judgeConfiguration(await this.#facts(subject, snapshot))
      : [];
  }

  async #facts(
    { context, workload }: LadderSubject,
    snapshot: MeshSnapshot,
  ): Promise<ConfigurationFacts> {
    const { signal } = context;
    const effective = this.#tracings.effective(workload, snapshot);
    const [acceptance, endpoints] = await Promise.all([
      askAcceptance(this.#clusters, { workload, snapshot, effective, signal }),
      this.#endpoints(workload.cluster, effective, signal),
    ]);
    return {
      workload,
      workloads: snapshot.workloads,
      effective,
      inputs: snapshot.inputs,
      atMs: snapshot.syncedAtMs ?? this.#now(),
      isSyncing: snapshot.state === 'syncing',
      injection: snapshot.injection,
      unread: snapshot.problems,
      acceptance: acceptance && { ...acceptance, atMs: this.#now() },
      endpoints,
    };
  }

  /** Only of a service that istiod knows: others have no endpoints to look for. */
  async #endpoints(
    cluster: string,
    effective: EffectiveTracing,
    signal: AbortSignal | undefined,
  ): Promise<ConfigurationFacts['endpoints']> {
    const side = tracedSide(effective)?.tracing ?? decidingSide(effective);
    const service = side?.provider.value?.service;
    const target =
      service === undefined ? undefined : kubernetesServiceOf(service);
    return target
      ? this.#clusters.get(cluster).serviceEndpoints?.(target, { signal })
      : undefined;
  }
}

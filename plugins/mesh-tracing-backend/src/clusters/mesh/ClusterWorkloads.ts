import {
  buildWorkloads,
  type ControllerFacts,
  type PodFacts,
  type Workload,
  type WorkloadSources,
} from 'backstage-plugin-mesh-tracing-common';
import type { ResourceWatch } from '../watch/ResourceWatch';

/** What {@link ClusterWorkloads} is made of. */
export interface ClusterWorkloadsOptions {
  /** Name of the cluster. */
  cluster: string;
  pods: Pick<ResourceWatch<PodFacts>, 'itemsIn' | 'namespaces'>;
  controllers: ReadonlyArray<
    Pick<ResourceWatch<ControllerFacts>, 'itemsIn' | 'namespaces'>
  >;
  /** Namespaces whose pods are in the ambient mesh; asked for when all is built. */
  ambientNamespaces: () => WorkloadSources['ambientNamespaces'];
}

/**
 * The workloads of a cluster, of which those of a namespace are built anew when
 * something in it changes: owners and their pods are always in one namespace, and in
 * a large cluster some pod changes all the time.
 */
export class ClusterWorkloads {
  readonly #options: ClusterWorkloadsOptions;
  readonly #byNamespace = new Map<string, Workload[]>();
  #clusterId: string | undefined;
  #ambient: WorkloadSources['ambientNamespaces'];
  #all: Workload[] | undefined;

  static create(options: ClusterWorkloadsOptions): ClusterWorkloads {
    return new ClusterWorkloads(options);
  }

  private constructor(options: ClusterWorkloadsOptions) {
    this.#options = options;
  }

  /** @param namespace - where something has changed; anywhere when absent */
  changed(namespace?: string): void {
    this.#all = undefined;
    if (namespace === undefined) {
      this.#ambient = undefined;
      this.#byNamespace.clear();
    } else {
      this.#byNamespace.delete(namespace);
    }
  }

  /**
   * In the order of `buildWorkloads`; the same list until something changes.
   *
   * @param clusterId - Istio's own id of the cluster
   */
  all(clusterId: string | undefined): Workload[] {
    if (clusterId !== this.#clusterId) {
      this.#clusterId = clusterId;
      this.changed();
    }
    this.#ambient ??= this.#options.ambientNamespaces();
    this.#all ??= this.#namespaces().flatMap(namespace => this.#in(namespace));
    return this.#all;
  }

  #namespaces(): string[] {
    const { pods, controllers } = this.#options;
    const names = new Set<string>();
    for (const watch of [pods, ...controllers]) {
      for (const namespace of watch.namespaces()) {
        names.add(namespace);
      }
    }
    return [...names].sort();
  }

  #in(namespace: string): Workload[] {
    let workloads = this.#byNamespace.get(namespace);
    if (!workloads) {
      const { cluster, pods, controllers } = this.#options;
      workloads = buildWorkloads({
        cluster,
        ...(this.#clusterId ? { clusterId: this.#clusterId } : {}),
        pods: pods.itemsIn(namespace),
        controllers: controllers.flatMap(watch => [
          ...watch.itemsIn(namespace),
        ]),
        ambientNamespaces: this.#ambient,
      });
      this.#byNamespace.set(namespace, workloads);
    }
    return workloads;
  }
}

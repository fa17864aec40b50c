import {
  createTracingResolver,
  tracingProxyOf,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { MeshProxy, proxySideOf, type ProxyTracing } from './MeshProxy';

/** A cluster that tells of its changes. */
type WatchedCluster = MeshCluster & Required<Pick<MeshCluster, 'subscribe'>>;

const NO_TRACING: ProxyTracing = {};

/**
 * The proxies of a cluster and what they trace. They take their configuration from
 * the same resolver that the product shows, anew after each change.
 */
export class MeshProxies {
  readonly #cluster: WatchedCluster;
  readonly #proxies = new Map<string, MeshProxy[]>();
  readonly #unsubscribe: () => void;
  #tracing: Map<Workload, ProxyTracing> | undefined;

  constructor(cluster: WatchedCluster) {
    this.#cluster = cluster;
    for (const workload of cluster.snapshot().workloads) {
      this.#proxies.set(
        keyOf(workload),
        workload.pods.map(pod => new MeshProxy(workload, pod)),
      );
    }
    this.#unsubscribe = cluster.subscribe(() => {
      this.#tracing = undefined;
    });
  }

  /** The proxies of a workload, `namespace/name`. */
  of(workload: string): MeshProxy[] {
    const proxies = this.#proxies.get(workload);
    if (!proxies) {
      throw new Error(`The simulated mesh has no workload ${workload}`);
    }
    return proxies;
  }

  tracing(proxy: MeshProxy): ProxyTracing {
    this.#tracing ??= this.#resolve();
    return this.#tracing.get(proxy.workload) ?? NO_TRACING;
  }

  stop(): void {
    this.#unsubscribe();
  }

  #resolve(): Map<Workload, ProxyTracing> {
    const resolver = createTracingResolver(this.#cluster.snapshot().inputs);
    const workloads = [...this.#proxies.values()].flatMap(
      ([first]) => first?.workload ?? [],
    );
    return new Map(
      workloads.map(workload => {
        const proxy = tracingProxyOf(workload);
        const effective = proxy ? resolver.resolve(proxy) : undefined;
        return [
          workload,
          {
            client: proxySideOf(effective?.client, workload.proxyVersion),
            server: proxySideOf(effective?.server, workload.proxyVersion),
          },
        ];
      }),
    );
  }
}

function keyOf(workload: Workload): string {
  return `${workload.namespace}/${workload.name}`;
}

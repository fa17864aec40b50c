import { KubernetesMeshCluster } from 'backstage-plugin-mesh-tracing-backend/src/clusters/KubernetesMeshCluster';
import { ForcingAnswers } from 'backstage-plugin-mesh-tracing-backend/src/forcing';
import type { EntityContext } from 'backstage-plugin-mesh-tracing-backend/src/shared/EntityContext';
import { heldBinding } from 'backstage-plugin-mesh-tracing-backend/src/testing/mesh/heldBinding';
import { WorkloadTracings } from 'backstage-plugin-mesh-tracing-backend/src/tracing';
import {
  formatWorkloadRef,
  type ConditionalMark,
  type ConditionalPlan,
  type ForcingHop,
} from 'backstage-plugin-mesh-tracing-common';
import { quietLogger } from '../checks/quietLogger';
import { waitUntil } from '../lifecycle/componentProcess';
import type { LabEndpoints } from '../lifecycle/labStatus';

const USER = 'user:default/platform';

/** What the product tells of the lab's frontend, from its own watch of the cluster. */
export class ProductView {
  readonly #cluster: KubernetesMeshCluster;
  readonly #forcing = ForcingAnswers.create({
    tracings: WorkloadTracings.create(),
  });

  static async start({ kubeconfig }: LabEndpoints): Promise<ProductView> {
    const cluster = KubernetesMeshCluster.create(
      {
        name: 'lab',
        connection: { type: 'kubeconfig', path: kubeconfig.portal },
        istioNamespace: 'istio-system',
        timeoutMs: 10_000,
      },
      { logger: quietLogger },
    );
    await cluster.start();
    const view = new ProductView(cluster);
    await view.#until(
      'the watch of the cluster',
      () => cluster.snapshot().state === 'synced',
    );
    return view;
  }

  private constructor(cluster: KubernetesMeshCluster) {
    this.#cluster = cluster;
  }

  /** The hops once the product knows of a provider, the gateway first. */
  async hops(provider: string): Promise<ForcingHop[]> {
    const hops = () => this.#forcing.hops(this.#context());
    await this.#until(`the product to know of ${provider}`, () =>
      hops().every(hop => hop.provider?.name === provider),
    );
    return hops();
  }

  /** What the product generates for a hop. */
  plan({ workload }: ForcingHop, mark: ConditionalMark): ConditionalPlan {
    return this.#forcing.conditional(this.#context(), { workload, ...mark });
  }

  stop(): Promise<void> {
    return this.#cluster.stop();
  }

  #context(): EntityContext {
    const snapshot = this.#cluster.snapshot();
    const workloads = snapshot.workloads.filter(workload =>
      formatWorkloadRef(workload).endsWith('/frontend-v1'),
    );
    return {
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'frontend' },
      },
      entityRef: 'component:default/frontend',
      credentials: {
        $$type: '@backstage/BackstageCredentials',
        principal: { type: 'user', userEntityRef: USER },
      },
      userRef: USER,
      ownershipRefs: [USER],
      match: { explanation: '', workloads },
      binding: heldBinding(workloads),
      snapshots: [snapshot],
    };
  }

  #until(what: string, holds: () => boolean): Promise<void> {
    return waitUntil(what, async () => holds(), undefined, 20_000);
  }
}

import {
  canonicalServiceOf,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import type { FirstHopEntities } from './FirstHopEntities';
import type { CatalogWorkloads } from './CatalogWorkloads';

/** Finds the entity and the owners of the service where traces begin. */
export class CatalogFirstHops implements FirstHopEntities {
  readonly #catalogWorkloads: Pick<CatalogWorkloads, 'index'>;

  static create(
    catalogWorkloads: Pick<CatalogWorkloads, 'index'>,
  ): CatalogFirstHops {
    return new CatalogFirstHops(catalogWorkloads);
  }

  private constructor(catalogWorkloads: Pick<CatalogWorkloads, 'index'>) {
    this.#catalogWorkloads = catalogWorkloads;
  }

  async entityOfService(
    context: EntityContext,
    service: string,
  ): Promise<{ entityRef?: string; ownerRefs: string[] }> {
    const index = await this.#catalogWorkloads.index(context);
    const workload = context.snapshots
      .flatMap(({ workloads }) => workloads)
      .find(candidate => serviceOf(candidate) === service);
    const [entityRef] = index.entitiesOf({
      name: service,
      ...(workload && { workload: identityOf(workload) }),
    });
    const ownerRefs = workload ? index.ownersOf(workload) : undefined;
    return { ...(entityRef && { entityRef }), ownerRefs: ownerRefs ?? [] };
  }
}

/**
 * The service name of spans with Istio's `CANONICAL_NAME_AND_NAMESPACE`. Its default,
 * app label and namespace, gives the same where the label `app` is the canonical name.
 */
function serviceOf({ labels, name, namespace }: Workload): string {
  return `${canonicalServiceOf(labels, name).name}.${namespace}`;
}

function identityOf({ labels, name, namespace }: Workload) {
  return {
    namespace,
    name,
    canonicalName: canonicalServiceOf(labels, name).name,
  };
}

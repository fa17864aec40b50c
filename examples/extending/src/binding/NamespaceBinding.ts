import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import {
  formatWorkloadRef,
  type BindingStanding,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  BoundEntity,
  EntityBinding,
  WorkloadBinding,
} from 'backstage-plugin-mesh-tracing-node';

/** A namespace belongs to one owner, as a site's register of namespaces says. */
export class NamespaceBinding implements WorkloadBinding {
  readonly #owners: ReadonlyMap<string, string>;
  readonly #fallback: WorkloadBinding;

  /** @param owners - full entity refs by namespace */
  static create(
    owners: ReadonlyMap<string, string>,
    fallback: WorkloadBinding,
  ): NamespaceBinding {
    return new NamespaceBinding(owners, fallback);
  }

  private constructor(
    owners: ReadonlyMap<string, string>,
    fallback: WorkloadBinding,
  ) {
    this.#owners = owners;
    this.#fallback = fallback;
  }

  async bind(bound: BoundEntity): Promise<EntityBinding> {
    const { workloads, serviceNames } = await this.#fallback.bind(bound);
    const decided = bound.match.workloads.flatMap(workload => {
      const standing = this.#standing(bound.entity, workload);
      return standing ? [[formatWorkloadRef(workload), standing] as const] : [];
    });
    return { workloads: new Map([...workloads, ...decided]), serviceNames };
  }

  /** Undefined for a namespace that the register does not know. */
  #standing(
    { relations = [] }: Entity,
    { namespace }: Workload,
  ): BindingStanding | undefined {
    const owner = this.#owners.get(namespace);
    if (owner === undefined) {
      return undefined;
    }
    const isOwner = relations.some(
      ({ type, targetRef }) =>
        type === RELATION_OWNED_BY && targetRef === owner,
    );
    return {
      state: isOwner ? 'holds' : 'unconfirmed',
      strength: isOwner ? 'cluster' : 'reference',
      rivals: [],
      challengers: [],
    };
  }
}

import type { Entity } from '@backstage/catalog-model';
import {
  decideBinding,
  formatWorkloadRef,
  namedOwners,
  type BindingClaim,
  type BindingStanding,
  type CountingClaims,
  type NamedOwners,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  BoundEntity,
  EntityBinding,
  MeshSnapshot,
  WorkloadBinding,
} from 'backstage-plugin-mesh-tracing-node';
import { listedServiceNames } from '../names/listedServiceNames';
import type { CatalogClaims } from './CatalogClaims';
import { claimByName, claimOf, type ClaimIndex } from './ClaimIndex';
import { worstOf } from './worstOf';

/**
 * The rule that `docs/security.md` explains: the owners that the cluster names decide,
 * else the strongest claim of all entities. What the cluster says, and the claims of
 * the entity that is asked about, are current; claims of others are some seconds old.
 */
export class DefaultWorkloadBinding implements WorkloadBinding {
  readonly #claims: Pick<CatalogClaims, 'index'>;
  readonly #counting: CountingClaims;

  static create(options: {
    claims: Pick<CatalogClaims, 'index'>;
    counting: CountingClaims;
  }): DefaultWorkloadBinding {
    return new DefaultWorkloadBinding(options.claims, options.counting);
  }

  private constructor(
    claims: Pick<CatalogClaims, 'index'>,
    counting: CountingClaims,
  ) {
    this.#claims = claims;
    this.#counting = counting;
  }

  async bind(bound: BoundEntity): Promise<EntityBinding> {
    const { entity, match, snapshots } = bound;
    const names = listedServiceNames(entity).map(({ name }) => name);
    if (match.workloads.length === 0 && names.length === 0) {
      return { workloads: new Map(), serviceNames: new Map() };
    }
    const index = await this.#claims.index(snapshots, match.workloads);
    const workloads = new Map(
      match.workloads.map(workload => [
        formatWorkloadRef(workload),
        this.#standing(claimOf(entity, match, workload), {
          others: index.claimsOn(workload),
          named: namedFor(workload, snapshots),
        }),
      ]),
    );
    return {
      workloads,
      serviceNames: new Map(
        names.map(name => [
          name,
          this.#standingOnName(name, { entity, index, snapshots, workloads }),
        ]),
      ),
    };
  }

  /**
   * A trace service name belongs to the workloads that send spans under it. Where the
   * entity holds one of them, it holds the name: spans of others with that name are
   * sorted out by their identity. For a name that no workload has, the claims of the
   * entities that list it are compared.
   */
  #standingOnName(
    name: string,
    around: {
      entity: Entity;
      index: ClaimIndex;
      snapshots: MeshSnapshot[];
      workloads: EntityBinding['workloads'];
    },
  ): BindingStanding {
    const { entity, index, snapshots, workloads } = around;
    const own = claimByName(entity);
    const senders = index.workloadsNamed(name);
    const ofOwn = senders.flatMap(
      sender => workloads.get(formatWorkloadRef(sender)) ?? [],
    );
    if (ofOwn.some(({ state }) => state === 'holds')) {
      return { state: 'holds', strength: 'name', rivals: [], challengers: [] };
    }
    if (senders.length === 0) {
      return this.#standing(own, { others: index.claimsOnName(name) });
    }
    return worstOf([
      ...ofOwn,
      ...senders
        .filter(sender => !workloads.has(formatWorkloadRef(sender)))
        .map(sender =>
          this.#standing(own, {
            others: index.claimsOn(sender),
            named: namedFor(sender, snapshots),
          }),
        ),
    ]);
  }

  #standing(
    own: BindingClaim,
    { others, named }: { others: readonly BindingClaim[]; named?: NamedOwners },
  ): BindingStanding {
    const { standingOf } = decideBinding({
      claims: [
        own,
        ...others.filter(({ entityRef }) => entityRef !== own.entityRef),
      ],
      named,
      counting: this.#counting,
    });
    return (
      standingOf(own.entityRef) ?? {
        state: 'unconfirmed',
        strength: own.strength,
        rivals: [],
        challengers: [],
      }
    );
  }
}

/**
 * Owners that the cluster names: by the workload's own annotation, else by that of
 * its Namespace.
 */
function namedFor(
  { annotations, cluster, namespace }: Workload,
  snapshots: MeshSnapshot[],
): NamedOwners | undefined {
  return (
    namedOwners(annotations) ??
    snapshots
      .find(snapshot => snapshot.cluster === cluster)
      ?.namespaces?.get(namespace)?.workloadOwners
  );
}

/**
 * A binding by which every entity holds what it names, for sites that trust the
 * catalog alone.
 */
export const catalogBinding: WorkloadBinding = {
  bind: async ({ entity, match }) => {
    const holds = (claim: BindingClaim): BindingStanding => ({
      state: 'holds',
      strength: claim.strength,
      rivals: [],
      challengers: [],
    });
    return {
      workloads: new Map(
        match.workloads.map(workload => [
          formatWorkloadRef(workload),
          holds(claimOf(entity, match, workload)),
        ]),
      ),
      serviceNames: new Map(
        listedServiceNames(entity).map(({ name }) => [
          name,
          holds(claimByName(entity)),
        ]),
      ),
    };
  },
};

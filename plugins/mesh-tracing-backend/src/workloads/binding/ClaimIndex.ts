import { setImmediate } from 'node:timers/promises';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  KUBERNETES_ANNOTATIONS,
  claimStrengthOf,
  formatWorkloadRef,
  traceServiceNameCandidates,
  type BindingClaim,
  type Workload,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  WorkloadMatch,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import { ownersOf } from '../../shared/ownersOf';
import { canHaveWorkloads } from '../resolver/canHaveWorkloads';
import { listedServiceNames } from '../names/listedServiceNames';

/** What a claim index is made from. */
export interface ClaimIndexOptions {
  entities: readonly Entity[];
  snapshots: MeshSnapshot[];
  resolver: WorkloadResolver;
  /**
   * Is told of an entity that could not be resolved; the others are indexed all the
   * same.
   */
  failed(entityRef: string, error: unknown): void;
}

/**
 * Entities that are resolved in one turn of the event loop, so that requests get
 * theirs in between.
 */
const ENTITIES_PER_TURN = 50;

/** What all entities of a catalog say of the workloads of the clusters. */
export class ClaimIndex {
  readonly #workloads = new Set<string>();
  readonly #byWorkload = new Map<string, Map<string, BindingClaim>>();
  readonly #byListedName = new Map<string, BindingClaim[]>();
  readonly #workloadsByName = new Map<string, Workload[]>();

  static async build(options: ClaimIndexOptions): Promise<ClaimIndex> {
    const index = new ClaimIndex();
    options.snapshots.forEach(snapshot => index.#addSnapshot(snapshot));
    let sinceTurn = 0;
    for (const entity of options.entities) {
      try {
        index.#addEntity(entity, options);
      } catch (error) {
        options.failed(stringifyEntityRef(entity), error);
      }
      sinceTurn += 1;
      if (sinceTurn === ENTITIES_PER_TURN) {
        sinceTurn = 0;
        await setImmediate();
      }
    }
    return index;
  }

  private constructor() {}

  /** Whether the workload was there when the index was made. */
  knows(workload: WorkloadRef): boolean {
    return this.#workloads.has(formatWorkloadRef(workload));
  }

  claimsOn(workload: WorkloadRef): BindingClaim[] {
    const claims = this.#byWorkload.get(formatWorkloadRef(workload));
    return claims ? [...claims.values()] : [];
  }

  /** Claims of the entities whose annotations list the trace service name. */
  claimsOnName(name: string): readonly BindingClaim[] {
    return this.#byListedName.get(name) ?? [];
  }

  /** Workloads whose spans are sent under that name. */
  workloadsNamed(name: string): readonly Workload[] {
    return this.#workloadsByName.get(name) ?? [];
  }

  #addSnapshot({ inputs, workloads }: MeshSnapshot): void {
    for (const workload of workloads) {
      this.#workloads.add(formatWorkloadRef(workload));
      traceServiceNameCandidates(workload, inputs.meshConfig).forEach(
        ({ name, shared }) =>
          !shared && append(this.#workloadsByName, name, workload),
      );
    }
  }

  #addEntity(entity: Entity, { resolver, snapshots }: ClaimIndexOptions): void {
    if (!canHaveWorkloads(entity)) {
      return;
    }
    const match = resolver.resolve(entity, snapshots);
    for (const workload of match.workloads) {
      this.#claim(workload, claimOf(entity, match, workload));
    }
    for (const { name } of listedServiceNames(entity)) {
      const claim = claimByName(entity);
      append(this.#byListedName, name, claim);
      this.workloadsNamed(name).forEach(workload =>
        this.#claim(workload, claim),
      );
    }
  }

  /** The first claim of an entity is its strongest. */
  #claim(workload: WorkloadRef, claim: BindingClaim): void {
    const ref = formatWorkloadRef(workload);
    const claims = this.#byWorkload.get(ref) ?? new Map();
    this.#byWorkload.set(ref, claims);
    if (!claims.has(claim.entityRef)) {
      claims.set(claim.entityRef, claim);
    }
  }
}

/** The claim of an entity on a workload that it was matched with. */
export function claimOf(
  entity: Entity,
  { rule }: WorkloadMatch,
  workload: Workload,
): BindingClaim {
  return {
    entityRef: stringifyEntityRef(entity),
    owners: ownersOf(entity),
    strength: claimStrengthOf(
      {
        rule,
        kubernetesId: entity.metadata.annotations?.[KUBERNETES_ANNOTATIONS.id],
      },
      workload,
    ),
  };
}

/** The claim of an entity on a workload whose name in traces it lists. */
export function claimByName(entity: Entity): BindingClaim {
  return {
    entityRef: stringifyEntityRef(entity),
    owners: ownersOf(entity),
    strength: 'name',
  };
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known) {
    known.push(item);
  } else {
    map.set(key, [item]);
  }
}

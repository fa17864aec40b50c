import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CLAIM_STRENGTHS,
  MAPPING_ANNOTATIONS,
  formatWorkloadRef,
  type DependencyNode,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  WorkloadMatch,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import { ownersOf } from '../../shared/ownersOf';
import type { EntityContext } from '../../shared/EntityContext';
import { claimOf } from '../binding/ClaimIndex';
import type { WorkloadOwners } from './WorkloadOwners';
import { TtlCache } from '../../shared/TtlCache';
import { callCatalog } from '../../shared/callCatalog';
import { keysOf, keysOfNode, serviceKey } from './nodeKeys';
import type { TraceServiceNames } from '../names/TraceServiceNames';

const TTL_MS = 15_000;

type NamedNode = Pick<DependencyNode, 'workload' | 'name'>;

/** Leads from nodes of the mesh to entities, among those that one caller may see. */
export interface EntityIndex {
  /** Refs of all entities that claim the node, in the order of {@link groupByKey}. */
  entitiesOf(node: NamedNode): string[];
  /** The same as entities, with the key that led to them; see `CatalogWorkloads.keysOf`. */
  claimsOn(node: NamedNode): { key: string; entities: Entity[] } | undefined;
  /** Undefined for a workload that no entity stands for. */
  ownersOf(workload: WorkloadRef): string[] | undefined;
}

/**
 * Turns the mapping round: from workloads and trace service names to catalog
 * entities, by the very rules that lead from an entity to its workloads.
 */
export class CatalogWorkloads implements WorkloadOwners {
  readonly #catalog: CatalogService;
  readonly #resolver: WorkloadResolver;
  readonly #names: TraceServiceNames;
  /** An index for each user, since each may see other entities. */
  readonly #indexes = TtlCache.create<EntityIndex>({ ttlMs: TTL_MS, max: 200 });

  static create(options: {
    catalog: CatalogService;
    resolver: WorkloadResolver;
    names: TraceServiceNames;
  }): CatalogWorkloads {
    return new CatalogWorkloads(
      options.catalog,
      options.resolver,
      options.names,
    );
  }

  private constructor(
    catalog: CatalogService,
    resolver: WorkloadResolver,
    names: TraceServiceNames,
  ) {
    this.#catalog = catalog;
    this.#resolver = resolver;
    this.#names = names;
  }

  index(context: EntityContext): Promise<EntityIndex> {
    return this.#indexes.get(context.userRef, () => this.#build(context));
  }

  /** The index's keys of an entity's workloads and trace service names. */
  keysOf({
    entity,
    match: { workloads },
    snapshots,
  }: Pick<EntityContext, 'entity' | 'match' | 'snapshots'>): string[] {
    return [
      ...workloads.flatMap(workload => keysOf(workload)),
      ...this.#names
        .candidates({ entity, workloads, snapshots })
        .filter(({ shared }) => !shared)
        .map(({ name }) => serviceKey(name)),
    ];
  }

  async owners(context: EntityContext): Promise<EntityIndex['ownersOf']> {
    return (await this.index(context)).ownersOf;
  }

  async #build(context: EntityContext): Promise<EntityIndex> {
    const entities = await this.#mappedEntities(context);
    const claims: Claim[] = [];
    const add = (key: string, claim: Omit<Claim, 'key'>) =>
      claims.push({ key, ...claim });
    for (const entity of entities) {
      // An entity that can't be resolved claims nothing, and does not fail the others.
      const match = this.#match(entity, context);
      const { workloads } = match;
      const base = { entity, ref: stringifyEntityRef(entity) };
      const share = workloads.length;
      for (const workload of workloads) {
        const claim = {
          ...base,
          share,
          strength: CLAIM_STRENGTHS.indexOf(
            claimOf(entity, match, workload).strength,
          ),
        };
        add(ownersKey(workload), claim);
        keysOf(workload).forEach(key => add(key, claim));
      }
      this.#names
        .candidates({ entity, workloads, snapshots: context.snapshots })
        .filter(({ shared }) => !shared)
        .forEach(({ name }) =>
          add(serviceKey(name), { ...base, share, strength: -1 }),
        );
    }
    const byKey = groupByKey(claims);
    return {
      entitiesOf: node => [
        ...new Set(lookUp(byKey, node)?.claims.map(({ ref }) => ref)),
      ],
      claimsOn: node => {
        const found = lookUp(byKey, node);
        return (
          found && {
            key: found.key,
            entities: found.claims.map(({ entity }) => entity),
          }
        );
      },
      ownersOf: workload => bestOwners(byKey.get(ownersKey(workload))),
    };
  }

  #match(entity: Entity, { snapshots }: EntityContext): WorkloadMatch {
    try {
      return this.#resolver.resolve(entity, snapshots);
    } catch {
      return { workloads: [], explanation: '' };
    }
  }

  async #mappedEntities({ credentials }: EntityContext): Promise<Entity[]> {
    const { items } = await callCatalog(() =>
      this.#catalog.getEntities(
        {
          filter: MAPPING_ANNOTATIONS.map(annotation => ({
            [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
          })),
          fields: ['kind', 'metadata', 'relations', 'spec.type'],
        },
        { credentials },
      ),
    );
    return items;
  }
}

/** One entity's claim on the workload or trace service name of a key. */
interface Claim {
  key: string;
  entity: Entity;
  ref: string;
  /** How many workloads the entity stands for. */
  share: number;
  /** The higher the stronger. */
  strength: number;
}

/**
 * Sorts the claims on each key, the best first. Components come first, since an API
 * or a system may carry the same annotation; then the stronger claim; then the entity
 * of fewer workloads, since one entity may be for a whole namespace and another for
 * this very workload; then the name, so that the order is always the same.
 */
function groupByKey(claims: Claim[]): ReadonlyMap<string, Claim[]> {
  const sorted = claims.sort(
    (a, b) =>
      rank(a.entity) - rank(b.entity) ||
      b.strength - a.strength ||
      a.share - b.share ||
      a.ref.localeCompare(b.ref),
  );
  const byKey = new Map<string, Claim[]>();
  for (const claim of sorted) {
    const known = byKey.get(claim.key);
    if (known) {
      known.push(claim);
    } else {
      byKey.set(claim.key, [claim]);
    }
  }
  return byKey;
}

/**
 * Where several entities claim a workload equally well, the owners of all of them
 * count.
 */
function bestOwners(claims: Claim[] | undefined): string[] | undefined {
  const [best] = claims ?? [];
  const alike = claims?.filter(
    ({ share, strength }) =>
      share === best?.share && strength === best.strength,
  );
  return alike && [...new Set(alike.flatMap(({ entity }) => ownersOf(entity)))];
}

function rank({ kind }: Entity): number {
  return kind.toLowerCase() === 'component' ? 0 : 1;
}

function ownersKey(workload: WorkloadRef): string {
  return `owners ${formatWorkloadRef(workload)}`;
}

function lookUp(
  byKey: ReadonlyMap<string, Claim[]>,
  node: NamedNode,
): { key: string; claims: Claim[] } | undefined {
  for (const key of keysOfNode(node)) {
    const claims = byKey.get(key);
    if (claims) {
      return { key, claims };
    }
  }
  return undefined;
}

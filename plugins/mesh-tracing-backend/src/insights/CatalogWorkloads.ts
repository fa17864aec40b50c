import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_SERVICE_NAMES,
  ANNOTATION_WORKLOADS,
  JAEGER_ANNOTATIONS,
  KUBERNETES_ANNOTATIONS,
  canonicalServiceOf,
  formatWorkloadRef,
  type DependencyNode,
  type Workload,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { WorkloadResolver } from 'backstage-plugin-mesh-tracing-node';
import { ownersOf } from '../access/DefaultEntityAccess';
import type { EntityContext } from '../access/EntityContext';
import type { WorkloadOwners } from '../sampling/WorkloadOwners';
import { TtlCache } from '../shared/TtlCache';
import { callCatalog } from '../shared/callCatalog';
import type { TraceServiceNames } from './TraceServiceNames';

const TTL_MS = 15_000;
/** Where a workload's cluster has no id that is known, spans of any may be its own. */
const UNKNOWN_CLUSTER = '?';
const MAPPING_ANNOTATIONS = [
  ANNOTATION_WORKLOADS,
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_SERVICE_NAMES,
  KUBERNETES_ANNOTATIONS.id,
  KUBERNETES_ANNOTATIONS.labelSelector,
  JAEGER_ANNOTATIONS.service,
];

/** Which entity a node of the mesh is, among those that one caller may see. */
export interface EntityIndex {
  entityOf(node: DependencyNode): string | undefined;
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
  /** By user, since each sees another catalog. */
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

  async owners(context: EntityContext): Promise<EntityIndex['ownersOf']> {
    return (await this.index(context)).ownersOf;
  }

  async #build(context: EntityContext): Promise<EntityIndex> {
    const entities = await this.#mappedEntities(context);
    const byKey = new Map<string, string>();
    const owners = new Map<string, { share: number; refs: string[] }>();
    const add = (key: string, ref: string) => {
      if (!byKey.has(key)) {
        byKey.set(key, ref);
      }
    };
    for (const { entity, ref, workloads } of narrowestFirst(
      entities.map(mapped => ({
        entity: mapped,
        ref: stringifyEntityRef(mapped),
        ...this.#resolver.resolve(mapped, context.snapshots),
      })),
    )) {
      for (const workload of workloads) {
        const workloadRef = formatWorkloadRef(workload);
        const known = owners.get(workloadRef);
        // Several entities may stand for it alike; all their owners count.
        if (!known || known.share === workloads.length) {
          const refs = [...(known?.refs ?? []), ...ownersOf(entity)];
          owners.set(workloadRef, {
            share: workloads.length,
            refs: [...new Set(refs)],
          });
        }
        keysOf(workload).forEach(key => add(key, ref));
      }
      this.#names
        .candidates({ entity, workloads, snapshots: context.snapshots })
        .forEach(({ name }) => add(serviceKey(name), ref));
    }
    return {
      entityOf: node => lookUp(byKey, node),
      ownersOf: workload => owners.get(formatWorkloadRef(workload))?.refs,
    };
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

interface Mapped {
  entity: Entity;
  ref: string;
  workloads: readonly WorkloadRef[];
}

/**
 * Components first: an API or a system may carry the same annotation. Then who
 * stands for less: a workload has an entity beside that of its whole namespace.
 */
function narrowestFirst<T extends Mapped>(mapped: T[]): T[] {
  return [...mapped].sort(
    (a, b) =>
      rank(a.entity) - rank(b.entity) ||
      a.workloads.length - b.workloads.length ||
      a.ref.localeCompare(b.ref),
  );
}

function rank({ kind }: Entity): number {
  return kind.toLowerCase() === 'component' ? 0 : 1;
}

function serviceKey(name: string): string {
  return `service ${name}`;
}

/**
 * What leads from a node to its workload, from the surest to the least sure. The
 * owner's name alone comes last, since it may be guessed from names of pods.
 */
function nodeKeys(
  { namespace, clusterId, ...names }: NonNullable<DependencyNode['workload']>,
  cluster = clusterId ?? '',
): string[] {
  const { canonicalName, canonicalRevision, name } = names;
  const scope = `${cluster}/${namespace}`;
  return [
    ...(name ? [`both ${scope} ${canonicalName} ${name}`] : []),
    ...(canonicalRevision
      ? [`version ${scope} ${canonicalName} ${canonicalRevision}`]
      : []),
    `canonical ${scope} ${canonicalName}`,
    // Without a canonical service in its spans a node has its owner's name for it.
    ...(name === canonicalName ? [`workload ${scope} ${name}`] : []),
  ];
}

/** The keys of a workload: with the cluster, for spans that tell theirs, and without. */
function keysOf(workload: Workload): string[] {
  const { labels, name, namespace, clusterId } = workload;
  const canonical = canonicalServiceOf(labels, name);
  const names = {
    namespace,
    name,
    canonicalName: canonical.name,
    canonicalRevision: canonical.revision,
  };
  return [
    ...nodeKeys(names, clusterId ?? UNKNOWN_CLUSTER),
    ...nodeKeys(names, ''),
    ...[clusterId ?? UNKNOWN_CLUSTER, ''].map(
      cluster => `workload ${cluster}/${namespace} ${name}`,
    ),
  ];
}

function lookUp(
  byKey: ReadonlyMap<string, string>,
  { workload, name }: DependencyNode,
): string | undefined {
  if (!workload) {
    return byKey.get(serviceKey(name));
  }
  const keys = workload.clusterId
    ? nodeKeys(workload).concat(nodeKeys(workload, UNKNOWN_CLUSTER))
    : nodeKeys(workload);
  return keys.map(key => byKey.get(key)).find(ref => ref !== undefined);
}

import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  KUBERNETES_ANNOTATIONS,
  MAPPING_ANNOTATIONS,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import { LRUCache } from 'lru-cache';
import { errorText } from '../../shared/errorText';
import { TtlCache } from '../../shared/TtlCache';
import { callCatalog } from '../../shared/callCatalog';
import type { NamedKind } from '../resolver/DefaultWorkloadResolver';
import { ClaimIndex } from './ClaimIndex';

/** What {@link CatalogClaims} is made of. */
export interface CatalogClaimsOptions {
  auth: AuthService;
  catalog: CatalogService;
  resolver: WorkloadResolver;
  /** Kinds of entities that may be found by their name alone. */
  matchByName: readonly NamedKind[];
  logger: LoggerService;
}

interface Built {
  entities: readonly Entity[];
  index: ClaimIndex;
}

const TTL_MS = 15_000;
const REFS_PER_CALL = 500;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
];

/**
 * The claims of all entities of the catalog, read with the plugin's own
 * credentials: whose a workload is does not depend on who asks. They are at most 15
 * seconds old, and never older than a workload that is asked about.
 */
export class CatalogClaims {
  readonly #options: CatalogClaimsOptions;
  readonly #entities = TtlCache.create<readonly Entity[]>({
    ttlMs: TTL_MS,
    max: 1,
  });
  readonly #reported = new LRUCache<string, true>({ max: 1000 });
  #built: Promise<Built> | undefined;

  static create(options: CatalogClaimsOptions): CatalogClaims {
    return new CatalogClaims(options);
  }

  private constructor(options: CatalogClaimsOptions) {
    this.#options = options;
  }

  /** @throws ServiceUnavailableError when the catalog does not answer. */
  async index(
    snapshots: MeshSnapshot[],
    workloads: readonly Workload[],
  ): Promise<ClaimIndex> {
    const entities = await this.#entities.get('all', () =>
      this.#read(snapshots),
    );
    const built = await this.#built?.catch(() => undefined);
    if (
      built?.entities === entities &&
      workloads.every(workload => built.index.knows(workload))
    ) {
      return built.index;
    }
    return (await this.#build(entities, snapshots)).index;
  }

  #build(
    entities: readonly Entity[],
    snapshots: MeshSnapshot[],
  ): Promise<Built> {
    const building = ClaimIndex.build({
      entities,
      snapshots,
      resolver: this.#options.resolver,
      failed: (entityRef, error) => this.#report(entityRef, error),
    }).then(index => ({ entities, index }));
    this.#built = building;
    return building;
  }

  async #read(snapshots: MeshSnapshot[]): Promise<readonly Entity[]> {
    const { auth, catalog, matchByName } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const { items: annotated } = await callCatalog(() =>
      catalog.getEntities(
        {
          filter: MAPPING_ANNOTATIONS.map(annotation => ({
            [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
          })),
          fields: FIELDS,
        },
        { credentials },
      ),
    );
    const byRef = new Map(
      annotated.map(entity => [stringifyEntityRef(entity), entity]),
    );
    const more = namedRefs(snapshots, matchByName).filter(
      ref => !byRef.has(ref),
    );
    for (let from = 0; from < more.length; from += REFS_PER_CALL) {
      const entityRefs = more.slice(from, from + REFS_PER_CALL);
      const { items } = await callCatalog(() =>
        catalog.getEntitiesByRefs(
          { entityRefs, fields: FIELDS },
          { credentials },
        ),
      );
      items.forEach(
        entity => entity && byRef.set(stringifyEntityRef(entity), entity),
      );
    }
    return [...byRef.values()];
  }

  /**
   * Logs an entity once and not at each reading, since it stays wrong until somebody
   * mends it.
   */
  #report(entityRef: string, error: unknown): void {
    if (!this.#reported.has(entityRef)) {
      this.#reported.set(entityRef, true);
      this.#options.logger.warn(
        `What ${entityRef} says of workloads can't be read, so it stands for none: ${errorText(
          error,
        )}`,
      );
    }
  }
}

/** Refs of the entities that a workload's label may mean by a name. */
function namedRefs(
  snapshots: MeshSnapshot[],
  kinds: readonly NamedKind[],
): string[] {
  const refs = new Set<string>();
  for (const workload of snapshots.flatMap(({ workloads }) => workloads)) {
    for (const name of namesOf(workload)) {
      for (const kind of kinds) {
        for (const namespace of [DEFAULT_NAMESPACE, workload.namespace]) {
          refs.add(stringifyEntityRef({ kind, namespace, name }));
        }
      }
    }
  }
  return [...refs];
}

function namesOf({ labels, ownerLabels, pods }: Workload): Set<string> {
  const all = [labels, ownerLabels, ...pods.map(pod => pod.labels)];
  return new Set(all.flatMap(each => each[KUBERNETES_ANNOTATIONS.id] || []));
}

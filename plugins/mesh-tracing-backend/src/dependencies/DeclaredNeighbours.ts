import {
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_PROVIDES_API,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityContext } from '../shared/EntityContext';
import { callCatalog } from '../shared/callCatalog';

/** A neighbour that the catalog declares and the caller may see. */
export interface DeclaredNeighbour {
  entity: Entity;
  entityRef: string;
  name: string;
  direction: 'inbound' | 'outbound';
}

/** Reads an entity's neighbours from the catalog's relations. */
export class DeclaredNeighbours {
  readonly #catalog: CatalogService;

  static create(catalog: CatalogService): DeclaredNeighbours {
    return new DeclaredNeighbours(catalog);
  }

  private constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  /**
   * What the entity depends on and what depends on it. An API stands for the
   * components at its other end, where those are declared.
   */
  async of(context: EntityContext): Promise<DeclaredNeighbour[]> {
    const { entity, entityRef } = context;
    const consumed = targets(entity, RELATION_CONSUMES_API);
    const provided = targets(entity, RELATION_PROVIDES_API);
    const apis = await this.#visible(context, [...consumed, ...provided]);
    const outbound = [
      ...targets(entity, RELATION_DEPENDS_ON),
      ...consumed.flatMap(ref =>
        otherEnds(apis.get(ref), RELATION_API_PROVIDED_BY),
      ),
    ];
    const inbound = [
      ...targets(entity, RELATION_DEPENDENCY_OF),
      ...provided.flatMap(ref =>
        otherEnds(apis.get(ref), RELATION_API_CONSUMED_BY),
      ),
    ];
    const neighbours = await this.#visible(context, [...outbound, ...inbound]);
    const describe = (
      refs: string[],
      direction: DeclaredNeighbour['direction'],
    ) =>
      [...new Set(refs)].flatMap(ref => {
        const neighbour = neighbours.get(ref);
        return neighbour && ref !== entityRef
          ? [
              {
                entity: neighbour,
                entityRef: ref,
                name: titleOf(neighbour),
                direction,
              },
            ]
          : [];
      });
    return [...describe(outbound, 'outbound'), ...describe(inbound, 'inbound')];
  }

  async #visible(
    { credentials }: EntityContext,
    refs: string[],
  ): Promise<Map<string, Entity>> {
    const entityRefs = [...new Set(refs)];
    if (entityRefs.length === 0) {
      return new Map();
    }
    const { items } = await callCatalog(() =>
      this.#catalog.getEntitiesByRefs(
        { entityRefs, fields: ['kind', 'metadata', 'relations'] },
        { credentials },
      ),
    );
    return new Map(
      items.flatMap(item => (item ? [[stringifyEntityRef(item), item]] : [])),
    );
  }
}

function titleOf(entity: Entity): string {
  return entity.metadata.title ?? entity.metadata.name;
}

function targets(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => stringifyEntityRef(parseEntityRef(targetRef)));
}

/** The components at the other end of an API; the API itself when there are none. */
function otherEnds(api: Entity | undefined, type: string): string[] {
  if (!api) {
    return [];
  }
  const ends = targets(api, type);
  return ends.length > 0 || type === RELATION_API_CONSUMED_BY
    ? ends
    : [stringifyEntityRef(api)];
}

import {
  RELATION_OWNED_BY,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** Owners as the catalog's relations tell them, as full entity refs, each once. */
export function ownersOf(entity: Entity): string[] {
  const owners = (entity.relations ?? [])
    .filter(relation => relation.type === RELATION_OWNED_BY)
    .map(relation => stringifyEntityRef(parseEntityRef(relation.targetRef)));
  return [...new Set(owners)];
}

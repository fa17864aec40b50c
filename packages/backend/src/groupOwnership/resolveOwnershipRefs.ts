import {
  type Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';

function targets(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
}

/**
 * The user, its groups, and all their ancestors, each once; groups that contain
 * one another do no harm.
 */
export async function resolveOwnershipRefs(
  user: Entity,
  load: (entityRefs: string[]) => Promise<Array<Entity | undefined>>,
): Promise<string[]> {
  const known = new Set([stringifyEntityRef(user)]);
  let level = targets(user, RELATION_MEMBER_OF);
  while (level.length > 0) {
    const fresh = [...new Set(level)].filter(ref => !known.has(ref));
    fresh.forEach(ref => known.add(ref));
    const groups = fresh.length > 0 ? await load(fresh) : [];
    level = groups.flatMap(group =>
      group ? targets(group, RELATION_CHILD_OF) : [],
    );
  }
  return [...known];
}

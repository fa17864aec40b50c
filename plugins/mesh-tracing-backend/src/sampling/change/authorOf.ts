import type { WriteContext } from '../../access';
import type { ChangeAuthor } from '../protocol/changeRecords';

/** Who makes a change, through which entity, and for whom where not for itself. */
export function authorOf({ entity, onBehalfOf }: WriteContext): ChangeAuthor {
  return {
    actor: entity.userRef,
    entityRef: entity.entityRef,
    onBehalfOf,
  };
}

import type {
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import type { EntityContext, WriteAccess } from './EntityContext';

/** Loads what a request names, as the caller, and checks what the caller may do. */
export interface EntityAccess {
  /**
   * The entity that the path names, loaded with the caller's credentials.
   *
   * @throws AuthenticationError without a signed-in user; NotFoundError when the
   *   caller may not see the entity or it does not exist; NotAllowedError when
   *   the permission is denied.
   */
  load(
    request: Request,
    permission: BasicPermission | ResourcePermission<'catalog-entity'>,
  ): Promise<EntityContext>;
  /** Permission and, with `writers: owners`, ownership. Never throws for a refusal. */
  writeAccess(context: EntityContext): Promise<WriteAccess>;
}

import type {
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import type { EntityContext, ScopeAccess } from './EntityContext';

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
  /**
   * For one workload: permission and, with `writers: owners`, ownership. For a
   * namespace or the mesh: its own permission besides, decided by a permission
   * framework that is switched on. Never throws for a refusal.
   */
  scopeAccess(context: EntityContext): Promise<ScopeAccess>;
  /** Whether the caller may see what traces of the entity tell. */
  mayReadTraces(context: EntityContext): Promise<boolean>;
}

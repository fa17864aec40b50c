import type { Entity } from '@backstage/catalog-model';
import type {
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { WorkloadRef } from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import type { EntityContext } from '../shared/EntityContext';

/** Who asks, and what of the clusters is known meanwhile. */
export type TraceCaller = Pick<
  EntityContext,
  | 'request'
  | 'signal'
  | 'credentials'
  | 'userRef'
  | 'ownershipRefs'
  | 'snapshots'
>;

/** Loads what a request names, as the caller, and checks what the caller may see. */
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
   * Narrows a context to what the caller may read traces of: workloads and trace
   * service names that the entity may not stand for are left out, unless the caller
   * may read the traces of the entities that do.
   *
   * @throws NotAllowedError when nothing is left
   */
  withReadableTraces(context: EntityContext): Promise<EntityContext>;
  /**
   * The same for another entity that the caller sees, such as one beside it.
   *
   * @throws NotAllowedError where its traces may not be read, or nothing is left
   */
  forTracesOf(context: EntityContext, entity: Entity): Promise<EntityContext>;
  /** As {@link EntityAccess.forTracesOf}, for a request that names no entity. */
  forTracesOfOwned(caller: TraceCaller, entity: Entity): Promise<EntityContext>;
  /** Whether the caller may see traces of the workload, and figures made from them. */
  mayReadTraces(
    context: EntityContext,
    workload: WorkloadRef,
  ): Promise<boolean>;
  /**
   * Trace service names that the entity lists and whose traces the caller is not
   * shown.
   */
  withheldNames(context: EntityContext): Promise<string[]>;
  /**
   * Whether the caller may see which sampling is in force at the entity's workloads.
   */
  mayReadSampling(context: EntityContext): Promise<boolean>;
}

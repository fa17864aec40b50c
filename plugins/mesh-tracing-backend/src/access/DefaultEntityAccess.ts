import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  isResourcePermission,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { samplingUpdatePermission } from 'backstage-plugin-mesh-tracing-common';
import type { WorkloadResolver } from 'backstage-plugin-mesh-tracing-node';
import type { Request } from 'express';
import type { MeshClusters } from '../clusters/MeshClusters';
import { callCatalog } from '../shared/callCatalog';
import type { EntityAccess } from './EntityAccess';
import type { EntityContext, WriteAccess } from './EntityContext';
import type { OwnershipResolver } from './OwnershipResolver';

type EntityPermission = BasicPermission | ResourcePermission<'catalog-entity'>;

/** What {@link DefaultEntityAccess} is made of. */
export interface DefaultEntityAccessOptions {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  catalog: CatalogService;
  ownership: OwnershipResolver;
  clusters: MeshClusters;
  resolver: WorkloadResolver;
  /** `owners`: only owners may write, besides the permission framework. */
  writers: 'owners' | 'permission';
}

/** Every question is asked with the caller's own credentials. */
export class DefaultEntityAccess implements EntityAccess {
  readonly #options: DefaultEntityAccessOptions;

  static create(options: DefaultEntityAccessOptions): DefaultEntityAccess {
    return new DefaultEntityAccess(options);
  }

  private constructor(options: DefaultEntityAccessOptions) {
    this.#options = options;
  }

  async load(
    request: Request,
    permission: EntityPermission,
  ): Promise<EntityContext> {
    const { httpAuth, clusters, resolver, ownership } = this.#options;
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const entityRef = entityRefOf(request);
    const [entity, { userRef, refs }] = await Promise.all([
      this.#entity(entityRef, credentials),
      ownership.resolve(credentials),
    ]);
    if (!(await this.#allows(permission, entityRef, credentials))) {
      throw new NotAllowedError(
        `Your organisation's permission policy does not let you do this (${
          permission.name
        }) with ${entityRef}${ownedBySuffix(ownersOf(entity))}`,
      );
    }
    const snapshots = clusters.snapshots();
    return {
      request,
      entity,
      entityRef,
      credentials,
      userRef,
      ownershipRefs: refs,
      match: resolver.resolve(entity, snapshots),
      snapshots,
    };
  }

  async writeAccess(context: EntityContext): Promise<WriteAccess> {
    const { entity, entityRef, credentials, ownershipRefs } = context;
    if (this.#options.writers === 'owners') {
      const owners = ownersOf(entity);
      if (!owners.some(owner => ownershipRefs.includes(owner))) {
        return { allowed: false, reason: ownersOnly(entityRef, owners) };
      }
    }
    if (
      !(await this.#allows(samplingUpdatePermission, entityRef, credentials))
    ) {
      return {
        allowed: false,
        reason: `Your organisation's permission policy does not let you change sampling of ${entityRef}${ownedBySuffix(
          ownersOf(entity),
        )}.`,
      };
    }
    return { allowed: true };
  }

  async #entity(
    entityRef: string,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Entity> {
    const entity = await callCatalog(() =>
      this.#options.catalog.getEntityByRef(entityRef, { credentials }),
    );
    if (!entity) {
      throw new NotFoundError(
        `There is no entity ${entityRef}, or you may not see it`,
      );
    }
    return entity;
  }

  async #allows(
    permission: EntityPermission,
    entityRef: string,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<boolean> {
    const query = isResourcePermission(permission)
      ? { permission, resourceRef: entityRef }
      : { permission };
    const [decision] = await this.#options.permissions.authorize([query], {
      credentials,
    });
    return decision?.result === AuthorizeResult.ALLOW;
  }
}

/** Owners as the catalog's relations tell them, as full entity refs. */
export function ownersOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === RELATION_OWNED_BY)
    .map(relation => stringifyEntityRef(parseEntityRef(relation.targetRef)));
}

function entityRefOf(request: Request): string {
  const { kind, namespace, name } = request.params;
  if (!kind || !namespace || !name) {
    throw new InputError(
      'The path needs kind, namespace and name of an entity',
    );
  }
  return stringifyEntityRef({ kind, namespace, name });
}

function ownersOnly(entityRef: string, owners: string[]): string {
  return owners.length === 0
    ? `Only an owner may change sampling, and ${entityRef} has no owner in the catalog.`
    : `Only the owner of ${entityRef}, ${owners.join(
        ' or ',
      )}, may change its sampling.`;
}

function ownedBySuffix(owners: string[]): string {
  return owners.length === 0 ? '' : `, owned by ${owners.join(' or ')}`;
}

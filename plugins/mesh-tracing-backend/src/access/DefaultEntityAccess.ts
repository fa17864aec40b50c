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
import {
  samplingMeshUpdatePermission,
  samplingNamespaceUpdatePermission,
  samplingUpdatePermission,
  tracesReadPermission,
} from 'backstage-plugin-mesh-tracing-common';
import type { WorkloadResolver } from 'backstage-plugin-mesh-tracing-node';
import type { Request } from 'express';
import type { MeshClusters } from '../clusters/MeshClusters';
import { callCatalog } from '../shared/callCatalog';
import { requestSignal } from '../shared/requestSignal';
import type { EntityAccess } from './EntityAccess';
import type { EntityContext, ScopeAccess, WriteAccess } from './EntityContext';
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
  /** Whether the permission framework decides; else it allows everything. */
  permissionsEnabled: boolean;
}

const WIDE_PERMISSIONS = {
  namespace: samplingNamespaceUpdatePermission,
  mesh: samplingMeshUpdatePermission,
} as const;

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
      signal: requestSignal(request),
      entity,
      entityRef,
      credentials,
      userRef,
      ownershipRefs: refs,
      match: resolver.resolve(entity, snapshots),
      snapshots,
    };
  }

  async scopeAccess(context: EntityContext): Promise<ScopeAccess> {
    const { entity, entityRef, credentials, ownershipRefs } = context;
    const owners = ownersOf(entity);
    if (
      this.#options.writers === 'owners' &&
      !owners.some(owner => ownershipRefs.includes(owner))
    ) {
      return everywhere(refused(ownersOnly(entityRef, owners)));
    }
    const [update, namespace, mesh] = await this.#decide(
      [
        samplingUpdatePermission,
        WIDE_PERMISSIONS.namespace,
        WIDE_PERMISSIONS.mesh,
      ],
      entityRef,
      credentials,
    );
    if (!update) {
      return everywhere(
        refused(
          `Your organisation's permission policy does not let you change sampling of ${entityRef}${ownedBySuffix(
            owners,
          )}.`,
        ),
      );
    }
    return {
      workload: { allowed: true },
      namespace: this.#wideAccess('namespace', namespace),
      mesh: this.#wideAccess('mesh', mesh),
    };
  }

  async mayReadTraces({
    credentials,
    entityRef,
  }: EntityContext): Promise<boolean> {
    return this.#allows(tracesReadPermission, entityRef, credentials);
  }

  /** A framework that is off allows everything, which is no permission. */
  #wideAccess(
    scope: keyof typeof WIDE_PERMISSIONS,
    allowed: boolean | undefined,
  ): WriteAccess {
    const { name } = WIDE_PERMISSIONS[scope];
    if (!this.#options.permissionsEnabled) {
      return refused(
        `A change of a whole ${scope} needs the permission ${name}, and the permission framework is switched off here (permission.enabled).`,
      );
    }
    return allowed
      ? { allowed }
      : refused(
          `Your organisation's permission policy does not let you change sampling of a whole ${scope} (${name}).`,
        );
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
    const [allowed] = await this.#decide([permission], entityRef, credentials);
    return allowed ?? false;
  }

  async #decide(
    permissions: EntityPermission[],
    entityRef: string,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<boolean[]> {
    const decisions = await this.#options.permissions.authorize(
      permissions.map(permission =>
        isResourcePermission(permission)
          ? { permission, resourceRef: entityRef }
          : { permission },
      ),
      { credentials },
    );
    return decisions.map(({ result }) => result === AuthorizeResult.ALLOW);
  }
}

function refused(reason: string): WriteAccess {
  return { allowed: false, reason };
}

function everywhere(access: WriteAccess): ScopeAccess {
  return { workload: access, namespace: access, mesh: access };
}

/** Owners as the catalog's relations tell them, as full entity refs. */
export function ownersOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === RELATION_OWNED_BY)
    .map(relation => stringifyEntityRef(parseEntityRef(relation.targetRef)));
}

/** The entity that a path names. */
export function entityRefOf(request: Request): string {
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

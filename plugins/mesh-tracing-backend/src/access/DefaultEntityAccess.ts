import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  samplingAnyUpdatePermission,
  samplingMeshUpdatePermission,
  samplingNamespaceUpdatePermission,
  samplingReadPermission,
  samplingUpdatePermission,
  tracesReadPermission,
  type BindingView,
  type OverrideScope,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  WorkloadBinding,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import type { Request } from 'express';
import type { MeshClusters } from '../clusters';
import { callCatalog } from '../shared/callCatalog';
import { requestSignal } from '../shared/requestSignal';
import { BindingAccess } from './BindingAccess';
import { CallerDecisions, type EntityPermission } from './CallerDecisions';
import type { EntityAccess } from './EntityAccess';
import type { EntityContext } from '../shared/EntityContext';
import type { ScopeAccess, WriteAccess } from './WriteAccess';
import type { OwnershipResolver } from './OwnershipResolver';
import { ownersOf } from '../shared/ownersOf';
import { everywhere, ownedBySuffix, ownersOnly, refused } from './refusals';

/** What {@link DefaultEntityAccess} is made of. */
export interface DefaultEntityAccessOptions {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  catalog: CatalogService;
  ownership: OwnershipResolver;
  clusters: MeshClusters;
  resolver: WorkloadResolver;
  binding: WorkloadBinding;
  /** Whether the site lets people act for the owners of entities. */
  actForOwners: boolean;
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
  readonly #decisions: CallerDecisions;
  readonly #bindings: BindingAccess;

  static create(options: DefaultEntityAccessOptions): DefaultEntityAccess {
    return new DefaultEntityAccess(options);
  }

  private constructor(options: DefaultEntityAccessOptions) {
    this.#options = options;
    this.#decisions = CallerDecisions.create(options);
    this.#bindings = BindingAccess.create({
      decisions: this.#decisions,
      actForOwners: this.#mayBeActedFor(),
    });
  }

  async load(
    request: Request,
    permission: EntityPermission,
  ): Promise<EntityContext> {
    const { binding, httpAuth, clusters, resolver, ownership } = this.#options;
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
    const match = resolver.resolve(entity, snapshots);
    return {
      request,
      signal: requestSignal(request),
      entity,
      entityRef,
      credentials,
      userRef,
      ownershipRefs: refs,
      match,
      binding: await binding.bind({ entity, match, snapshots }),
      snapshots,
    };
  }

  async withReadableTraces(context: EntityContext): Promise<EntityContext> {
    return this.#bindings.withReadableTraces(context);
  }

  async forTracesOf(
    context: EntityContext,
    entity: Entity,
  ): Promise<EntityContext> {
    const { credentials, snapshots } = context;
    const entityRef = stringifyEntityRef(entity);
    if (!(await this.#allows(tracesReadPermission, entityRef, credentials))) {
      throw new NotAllowedError(`The traces of ${entityRef} may not be read`);
    }
    const match = this.#options.resolver.resolve(entity, snapshots);
    return this.withReadableTraces({
      ...context,
      entity,
      entityRef,
      match,
      binding: await this.#options.binding.bind({ entity, match, snapshots }),
    });
  }

  async writeAccess(
    context: EntityContext,
    workload: WorkloadRef,
    scope: OverrideScope,
  ): Promise<WriteAccess> {
    const base = (await this.scopeAccess(context))[scope];
    return this.#bindings.writeAccess(context, workload, base);
  }

  async bindings(
    context: EntityContext,
    access: ScopeAccess,
    only?: WorkloadRef,
  ): Promise<BindingView[]> {
    return this.#bindings.views(context, access.workload, only);
  }

  async withheldNames(context: EntityContext): Promise<string[]> {
    return this.#bindings.withheldNames(context);
  }

  async scopeAccess(context: EntityContext): Promise<ScopeAccess> {
    const { entity, entityRef, credentials, ownershipRefs } = context;
    const owners = ownersOf(entity);
    const [update, namespace, mesh, any] = await this.#decisions.about(
      entityRef,
      [
        samplingUpdatePermission,
        WIDE_PERMISSIONS.namespace,
        WIDE_PERMISSIONS.mesh,
        samplingAnyUpdatePermission,
      ],
      credentials,
    );
    const isOwner =
      this.#options.writers === 'permission' ||
      owners.some(owner => ownershipRefs.includes(owner));
    const acts = this.#mayBeActedFor() && any === true && owners.length > 0;
    if (!isOwner && !acts) {
      return everywhere(refused(ownersOnly(entityRef, owners)));
    }
    if (!update && !acts) {
      return everywhere(
        refused(
          `Your organisation's permission policy does not let you change sampling of ${entityRef}${ownedBySuffix(
            owners,
          )}.`,
        ),
      );
    }
    const access: WriteAccess =
      isOwner && update
        ? { allowed: true }
        : { allowed: true, onBehalfOf: owners };
    return {
      workload: access,
      namespace: this.#wideAccess('namespace', namespace, access),
      mesh: this.#wideAccess('mesh', mesh, access),
    };
  }

  async mayReadTraces(
    context: EntityContext,
    workload: WorkloadRef,
  ): Promise<boolean> {
    const { credentials, entityRef } = context;
    return (
      (await this.#allows(tracesReadPermission, entityRef, credentials)) &&
      this.#bindings.mayReadTraces(context, workload)
    );
  }

  /** A framework that is off allows everything, which is no permission. */
  #mayBeActedFor(): boolean {
    return this.#options.actForOwners && this.#options.permissionsEnabled;
  }

  async mayReadSampling({
    credentials,
    entityRef,
  }: EntityContext): Promise<boolean> {
    return this.#allows(samplingReadPermission, entityRef, credentials);
  }

  /** A framework that is off allows everything, which is no permission. */
  #wideAccess(
    scope: keyof typeof WIDE_PERMISSIONS,
    allowed: boolean | undefined,
    access: WriteAccess,
  ): WriteAccess {
    const { name } = WIDE_PERMISSIONS[scope];
    if (!this.#options.permissionsEnabled) {
      return refused(
        `A change of a whole ${scope} needs the permission ${name}, and the permission framework is switched off here (permission.enabled).`,
      );
    }
    return allowed
      ? access
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
    const [allowed] = await this.#decisions.about(
      entityRef,
      [permission],
      credentials,
    );
    return allowed ?? false;
  }
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

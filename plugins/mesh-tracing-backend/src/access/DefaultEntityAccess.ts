import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  samplingReadPermission,
  tracesReadPermission,
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
import type { CallerDecisions, EntityPermission } from './CallerDecisions';
import type { EntityAccess, TraceCaller } from './EntityAccess';
import { entityRefOf } from './entityRefOf';
import type { EntityContext } from '../shared/EntityContext';
import type { OwnershipResolver } from './OwnershipResolver';
import { ownersOf } from '../shared/ownersOf';
import { ownedBySuffix } from './refusals';
import type { TraceAccess } from './TraceAccess';

/** What {@link DefaultEntityAccess} is made of. */
export interface DefaultEntityAccessOptions {
  httpAuth: HttpAuthService;
  catalog: CatalogService;
  ownership: OwnershipResolver;
  clusters: MeshClusters;
  resolver: WorkloadResolver;
  binding: WorkloadBinding;
  decisions: CallerDecisions;
  traces: TraceAccess;
}

/**
 * Asks the catalog and the permission framework with the caller's own credentials,
 * never the plugin's.
 */
export class DefaultEntityAccess implements EntityAccess {
  readonly #options: DefaultEntityAccessOptions;
  readonly #decisions: CallerDecisions;
  readonly #traces: TraceAccess;

  static create(options: DefaultEntityAccessOptions): DefaultEntityAccess {
    return new DefaultEntityAccess(options);
  }

  private constructor(options: DefaultEntityAccessOptions) {
    this.#options = options;
    this.#decisions = options.decisions;
    this.#traces = options.traces;
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
    return this.#traces.withReadableTraces(context);
  }

  async forTracesOf(
    context: EntityContext,
    entity: Entity,
  ): Promise<EntityContext> {
    return this.forTracesOfOwned(context, entity);
  }

  async forTracesOfOwned(
    context: TraceCaller,
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

  async withheldNames(context: EntityContext): Promise<string[]> {
    return this.#traces.withheldNames(context);
  }

  async mayReadTraces(
    context: EntityContext,
    workload: WorkloadRef,
  ): Promise<boolean> {
    const { credentials, entityRef } = context;
    return (
      (await this.#allows(tracesReadPermission, entityRef, credentials)) &&
      this.#traces.mayReadTraces(context, workload)
    );
  }

  async mayReadSampling({
    credentials,
    entityRef,
  }: EntityContext): Promise<boolean> {
    return this.#allows(samplingReadPermission, entityRef, credentials);
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

import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  meshReadPermission,
  samplingReadPermission,
} from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import { callCatalog } from '../shared/callCatalog';
import type { OwnershipResolver } from './OwnershipResolver';

/** The signed-in user behind a request that names no entity. */
export interface CallerContext {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  userRef: string;
  /** The user itself and its groups, parents of groups included. */
  ownershipRefs: string[];
}

/** Identifies callers, and lists what they own, with their own credentials. */
export class CallerAccess {
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #ownership: OwnershipResolver;

  static create(options: {
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    catalog: CatalogService;
    ownership: OwnershipResolver;
  }): CallerAccess {
    return new CallerAccess(options);
  }

  private constructor(options: {
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    catalog: CatalogService;
    ownership: OwnershipResolver;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#ownership = options.ownership;
  }

  /** @throws AuthenticationError or NotAllowedError for anyone but a signed-in user. */
  async load(request: Request): Promise<CallerContext> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { userRef, refs } = await this.#ownership.resolve(credentials);
    return { credentials, userRef, ownershipRefs: refs };
  }

  /**
   * What any of the owners owns, and for which the caller has the permission: to see
   * its sampling unless told.
   */
  async ownedEntities(
    { credentials }: CallerContext,
    owners: string[],
    permission: ResourcePermission<'catalog-entity'> = samplingReadPermission,
  ): Promise<Entity[]> {
    const { items } = await callCatalog(() =>
      this.#catalog.getEntities(
        {
          filter: { 'relations.ownedBy': owners },
          fields: ['kind', 'metadata', 'relations', 'spec.type'],
        },
        { credentials },
      ),
    );
    return this.#permitted(items, permission, credentials);
  }

  /** Of these entities, those that the caller may see, sampling included. */
  async readableRefs(
    { credentials }: Pick<CallerContext, 'credentials'>,
    entityRefs: string[],
  ): Promise<Set<string>> {
    if (entityRefs.length === 0) {
      return new Set();
    }
    const { items } = await callCatalog(() =>
      this.#catalog.getEntitiesByRefs(
        { entityRefs, fields: ['kind', 'metadata.namespace', 'metadata.name'] },
        { credentials },
      ),
    );
    const readable = await this.#permitted(
      items.flatMap(entity => entity ?? []),
      samplingReadPermission,
      credentials,
    );
    return new Set(readable.map(entity => stringifyEntityRef(entity)));
  }

  /** @throws NotAllowedError for who may not see the mesh as a whole */
  async requireMesh({
    credentials,
  }: Pick<CallerContext, 'credentials'>): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: meshReadPermission }],
      { credentials },
    );
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `Your organisation's permission policy does not let you see the mesh as a whole (${meshReadPermission.name})`,
      );
    }
  }

  async #permitted(
    entities: Entity[],
    permission: ResourcePermission<'catalog-entity'>,
    credentials: CallerContext['credentials'],
  ): Promise<Entity[]> {
    if (entities.length === 0) {
      return [];
    }
    const decisions = await this.#permissions.authorize(
      entities.map(entity => ({
        permission,
        resourceRef: stringifyEntityRef(entity),
      })),
      { credentials },
    );
    return entities.filter(
      (_, index) => decisions[index]?.result === AuthorizeResult.ALLOW,
    );
  }
}

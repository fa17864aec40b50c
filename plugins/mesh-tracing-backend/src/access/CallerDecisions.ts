import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  isResourcePermission,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { callCatalog } from '../shared/callCatalog';

/** A permission on an entity, or a basic one without a resource. */
export type EntityPermission =
  | BasicPermission
  | ResourcePermission<'catalog-entity'>;

type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** What callers may see and do, asked with their own credentials. */
export class CallerDecisions {
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;

  static create(options: {
    permissions: PermissionsService;
    catalog: CatalogService;
  }): CallerDecisions {
    return new CallerDecisions(options.permissions, options.catalog);
  }

  private constructor(
    permissions: PermissionsService,
    catalog: CatalogService,
  ) {
    this.#permissions = permissions;
    this.#catalog = catalog;
  }

  /** Whether the caller has each of the permissions, for one entity. */
  async about(
    entityRef: string,
    permissions: EntityPermission[],
    credentials: UserCredentials,
  ): Promise<boolean[]> {
    const decisions = await this.#permissions.authorize(
      permissions.map(permission =>
        isResourcePermission(permission)
          ? { permission, resourceRef: entityRef }
          : { permission },
      ),
      { credentials },
    );
    return decisions.map(({ result }) => result === AuthorizeResult.ALLOW);
  }

  /** Of these entities, those that the caller sees and has the permission for. */
  async permitted(
    entityRefs: string[],
    permission: ResourcePermission<'catalog-entity'>,
    credentials: UserCredentials,
  ): Promise<ReadonlySet<string>> {
    const seen = [...(await this.seen(entityRefs, credentials))];
    if (seen.length === 0) {
      return new Set();
    }
    const decisions = await this.#permissions.authorize(
      seen.map(resourceRef => ({ permission, resourceRef })),
      { credentials },
    );
    return new Set(
      seen.filter(
        (_, index) => decisions[index]?.result === AuthorizeResult.ALLOW,
      ),
    );
  }

  /** Of these entities, those that the catalog shows the caller. */
  async seen(
    entityRefs: string[],
    credentials: UserCredentials,
  ): Promise<ReadonlySet<string>> {
    const wanted = [...new Set(entityRefs)];
    if (wanted.length === 0) {
      return new Set();
    }
    const { items } = await callCatalog(() =>
      this.#catalog.getEntitiesByRefs(
        {
          entityRefs: wanted,
          fields: ['kind', 'metadata.namespace', 'metadata.name'],
        },
        { credentials },
      ),
    );
    return new Set(
      items.flatMap(entity => (entity ? [stringifyEntityRef(entity)] : [])),
    );
  }
}

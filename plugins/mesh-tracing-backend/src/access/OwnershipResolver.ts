import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';
import { callCatalog } from '../shared/callCatalog';

type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** Group trees are a handful deep; more than this is a mistake in the catalog. */
const MAX_DEPTH = 20;
const CACHE_TTL_MS = 30_000;

/** The refs through which a user owns entities. */
export interface Ownership {
  userRef: string;
  /**
   * The user, its groups as sign-in told them, and the parents of those where the
   * site counts them.
   */
  refs: string[];
}

/**
 * Finds through whom a user owns things. Sign-in resolvers usually hand out a
 * user's direct groups only; a member of a child group is also a member of its
 * parents, so those are looked up in the catalog, as that user. A site for whose
 * groups that is wrong can switch it off; then only the groups of the sign-in count.
 */
export class OwnershipResolver {
  readonly #userInfo: UserInfoService;
  readonly #catalog: CatalogService;
  readonly #parentGroups: boolean;
  readonly #ancestors = new LRUCache<string, string[]>({
    max: 1000,
    ttl: CACHE_TTL_MS,
  });

  static create(options: {
    userInfo: UserInfoService;
    catalog: CatalogService;
    /** Whether members of a group own what its parents own; they do when absent. */
    parentGroups?: boolean;
  }): OwnershipResolver {
    return new OwnershipResolver(options);
  }

  private constructor(options: {
    userInfo: UserInfoService;
    catalog: CatalogService;
    parentGroups?: boolean;
  }) {
    this.#userInfo = options.userInfo;
    this.#catalog = options.catalog;
    this.#parentGroups = options.parentGroups ?? true;
  }

  async resolve(credentials: UserCredentials): Promise<Ownership> {
    const info = await this.#userInfo.getUserInfo(credentials);
    const userRef = info.userEntityRef.toLowerCase();
    const direct = info.ownershipEntityRefs.map(ref => ref.toLowerCase());
    if (!this.#parentGroups) {
      return { userRef, refs: [...new Set([userRef, ...direct])] };
    }
    // The user is part of the key, since the catalog may show each user other groups.
    const key = JSON.stringify([userRef, ...direct]);
    let ancestors = this.#ancestors.get(key);
    if (!ancestors) {
      ancestors = await this.#ancestorsOf(direct, credentials);
      this.#ancestors.set(key, ancestors);
    }
    return { userRef, refs: [...new Set([userRef, ...direct, ...ancestors])] };
  }

  async #ancestorsOf(
    refs: string[],
    credentials: UserCredentials,
  ): Promise<string[]> {
    const seen = new Set(refs);
    let level = refs.filter(isGroup);
    for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth++) {
      const entityRefs = level;
      const { items } = await callCatalog(() =>
        this.#catalog.getEntitiesByRefs(
          { entityRefs, fields: ['kind', 'metadata', 'relations'] },
          { credentials },
        ),
      );
      level = [...new Set(items.flatMap(parentsOf))].filter(
        ref => !seen.has(ref),
      );
      level.forEach(ref => seen.add(ref));
    }
    return [...seen];
  }
}

function isGroup(ref: string): boolean {
  return parseEntityRef(ref).kind.toLowerCase() === 'group';
}

function parentsOf(group: Entity | undefined): string[] {
  return (group?.relations ?? [])
    .filter(relation => relation.type === RELATION_CHILD_OF)
    .map(relation => stringifyEntityRef(parseEntityRef(relation.targetRef)));
}

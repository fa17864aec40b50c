import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  meshReadPermission,
  samplingAnyUpdatePermission,
  samplingMeshUpdatePermission,
  samplingNamespaceUpdatePermission,
  samplingUpdatePermission,
} from 'backstage-plugin-mesh-tracing-common';

/** Members run the mesh: they may change all of it, and act for other teams. */
const PLATFORM_GROUP = 'group:default/platform';

/**
 * An example of a real policy: everyone who is signed in may read; sampling of
 * an entity is changed by its owners; namespaces, the mesh and the catalog's
 * contents by the platform group, which may act for other teams besides.
 */
export class PortalPermissionPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return { result: AuthorizeResult.DENY };
    const claims = user.info.ownershipEntityRefs;
    const isPlatform = claims.includes(PLATFORM_GROUP);

    if (isPermission(permission, samplingUpdatePermission)) {
      return isPlatform
        ? { result: AuthorizeResult.ALLOW }
        : createCatalogConditionalDecision(
            permission,
            catalogConditions.isEntityOwner({ claims }),
          );
    }
    if (
      isPermission(permission, samplingNamespaceUpdatePermission) ||
      isPermission(permission, samplingMeshUpdatePermission) ||
      isPermission(permission, samplingAnyUpdatePermission) ||
      isPermission(permission, meshReadPermission) ||
      (permission.name.startsWith('catalog.') &&
        permission.attributes.action !== 'read')
    ) {
      return {
        result: isPlatform ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      };
    }
    return { result: AuthorizeResult.ALLOW };
  }
}

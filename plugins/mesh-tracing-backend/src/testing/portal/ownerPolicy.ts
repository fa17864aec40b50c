import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  catalogConditions,
  createCatalogConditionalDecision,
  permissionRules,
} from '@backstage/plugin-catalog-backend/alpha';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  samplingMeshUpdatePermission,
  samplingNamespaceUpdatePermission,
  samplingUpdatePermission,
} from 'backstage-plugin-mesh-tracing-common';
import { exampleCatalog } from './exampleCatalog';
import { groupsOf } from './personas';
import type { Policy } from './startMeshTracing';

/** What the catalog does with a conditional decision about one of its entities. */
const byCatalog = createConditionAuthorizer(Object.values(permissionRules));

/**
 * Everyone reads; sampling of an entity is changed by its owners, which the
 * policy leaves to the catalog's rule `isEntityOwner`, with the ownership that
 * sign-in tells; nobody changes a namespace or the mesh.
 */
export const ownerPolicy: Policy = (permission, entityRef, userRef = '') => {
  switch (permission) {
    case samplingUpdatePermission.name:
      return byCatalog(
        createCatalogConditionalDecision(
          samplingUpdatePermission,
          catalogConditions.isEntityOwner({
            claims: [userRef, ...(groupsOf[userRef] ?? [])],
          }),
        ),
        exampleCatalog.find(entity => stringifyEntityRef(entity) === entityRef),
      );
    case samplingNamespaceUpdatePermission.name:
    case samplingMeshUpdatePermission.name:
      return false;
    default:
      return true;
  }
};

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authOwnershipResolutionExtensionPoint } from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { resolveOwnershipRefs } from './resolveOwnershipRefs';

/**
 * Members of a group own what its parent groups own. Backstage's default counts
 * direct groups only.
 */
export const groupOwnershipModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'group-ownership',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        ownership: authOwnershipResolutionExtensionPoint,
      },
      async init({ auth, catalog, ownership }) {
        ownership.setAuthOwnershipResolver({
          resolveOwnershipEntityRefs: async user => {
            const credentials = await auth.getOwnServiceCredentials();
            return {
              ownershipEntityRefs: await resolveOwnershipRefs(
                user,
                async entityRefs =>
                  (
                    await catalog.getEntitiesByRefs(
                      { entityRefs },
                      { credentials },
                    )
                  ).items,
              ),
            };
          },
        });
      },
    });
  },
});

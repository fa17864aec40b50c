import { createBackendModule } from '@backstage/backend-plugin-api';
import { workloadResolverExtensionPoint } from 'backstage-plugin-mesh-tracing-node';
import { HelmReleaseResolver } from './HelmReleaseResolver';

/** Lets entities name a Helm release. */
export const helmReleaseModule = createBackendModule({
  pluginId: 'mesh-tracing',
  moduleId: 'helm-release',
  register(env) {
    env.registerInit({
      deps: { resolver: workloadResolverExtensionPoint },
      async init({ resolver }) {
        resolver.setWorkloadResolver(getDefault =>
          HelmReleaseResolver.create(getDefault()),
        );
      },
    });
  },
});

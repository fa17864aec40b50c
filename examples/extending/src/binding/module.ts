import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { workloadBindingExtensionPoint } from 'backstage-plugin-mesh-tracing-node';
import { NamespaceBinding } from './NamespaceBinding';

/** Lets `namespaceOwners` say whose a namespace is. */
export const namespaceBindingModule = createBackendModule({
  pluginId: 'mesh-tracing',
  moduleId: 'namespace-binding',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        binding: workloadBindingExtensionPoint,
      },
      async init({ config, binding }) {
        const owners = config.get<Record<string, string>>('namespaceOwners');
        binding.setWorkloadBinding(getDefault =>
          NamespaceBinding.create(
            new Map(Object.entries(owners)),
            getDefault(),
          ),
        );
      },
    });
  },
});

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { traceStoresExtensionPoint } from 'backstage-plugin-mesh-tracing-node';
import { FolderTraceStore } from './FolderTraceStore';

/** Adds a store of the name `folder`, where `traceFolder` says where it is. */
export const folderTraceStoreModule = createBackendModule({
  pluginId: 'mesh-tracing',
  moduleId: 'folder-trace-store',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        traceStores: traceStoresExtensionPoint,
      },
      async init({ config, traceStores }) {
        const folder = config.getString('traceFolder');
        traceStores.addTraceStore(
          FolderTraceStore.create({ name: 'folder', folder }),
        );
      },
    });
  },
});

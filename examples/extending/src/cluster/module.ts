import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { meshClustersExtensionPoint } from 'backstage-plugin-mesh-tracing-node';
import { RecordedCluster } from './RecordedCluster';

/** Adds a cluster of the name `recorded`, from the file that `recordedCluster` names. */
export const recordedClusterModule = createBackendModule({
  pluginId: 'mesh-tracing',
  moduleId: 'recorded-cluster',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        clusters: meshClustersExtensionPoint,
      },
      async init({ config, clusters }) {
        const file = config.getString('recordedCluster');
        clusters.addCluster(await RecordedCluster.read('recorded', file));
      },
    });
  },
});

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  meshClustersExtensionPoint,
  traceStoresExtensionPoint,
} from 'backstage-plugin-mesh-tracing-node';
import { createEmbeddedMesh } from './createEmbeddedMesh';
import { readDemoConfig } from './readDemoConfig';
import { systemClock } from './shared/SimulationClock';

// As long as a real watch takes to bring a change.
const WATCH_DELAY_MS = 120;

/**
 * Adds the embedded mesh: a simulated online shop, so that Mesh Tracing can be
 * tried without a cluster. Does nothing unless `meshTracing.demo.enabled` is set.
 *
 * @public
 */
export const meshTracingModuleDemo = createBackendModule({
  pluginId: 'mesh-tracing',
  moduleId: 'demo',
  register(env) {
    env.registerInit({
      deps: {
        clusters: meshClustersExtensionPoint,
        traceStores: traceStoresExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ clusters, traceStores, config, lifecycle, logger }) {
        const demo = readDemoConfig(config, process.env.NODE_ENV);
        if (!demo) {
          return;
        }
        const mesh = createEmbeddedMesh({
          ...demo,
          clock: systemClock,
          watchDelayMs: WATCH_DELAY_MS,
        });
        clusters.addCluster(mesh.cluster);
        traceStores.addTraceStore(mesh.store);
        lifecycle.addStartupHook(async () => {
          await mesh.start();
          logger.info(
            `The embedded mesh is up: ${mesh.requestCount()} simulated requests so far`,
          );
        });
        lifecycle.addShutdownHook(() => mesh.stop());
      },
    });
  },
});

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { meshTracingPermissions } from 'backstage-plugin-mesh-tracing-common';
import { MeshTracingExtensions } from './MeshTracingExtensions';
import {
  CatalogFirstHops,
  CatalogWorkloads,
  createWorkloadBinding,
  DefaultWorkloadResolver,
  readBindingConfig,
  TraceServiceNames,
} from './workloads';
import { createClusters, MeshClusters } from './clusters';
import { checkConfigKeys } from './config';
import {
  checkTraceStoreNames,
  createTraceStores,
  PooledTraceReader,
  TraceSamples,
  TraceStores,
} from './tracestore';
import { MeshMetrics } from './diagnosis';
import { createRouter, readReadLimits } from './router';
import { readOwnershipConfig } from './access';
import { readTracesConfig, TraceAnalyses } from './traces';
import { createServices } from './createServices';
import {
  createSampling,
  DatabaseSamplingStore,
  MeasuredRequestRateEstimator,
  measureRequests,
  observeTraces,
  type RequestRateEstimator,
  readSamplingConfig,
} from './sampling';
import { visibleLogger } from './shared/visibleLogger';

/**
 * The backend of Mesh Tracing. Without clusters and trace stores it starts too,
 * and its answers say what is missing.
 * @public
 */
export const meshTracingPlugin = createBackendPlugin({
  pluginId: 'mesh-tracing',
  register(env) {
    const extensions = MeshTracingExtensions.register(env);
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(services) {
        const deps = { ...services, logger: visibleLogger(services.logger) };
        const { config, httpRouter, lifecycle, logger } = deps;
        deps.permissionsRegistry.addPermissions(meshTracingPermissions);

        checkConfigKeys(config);
        const samplingConfig = readSamplingConfig(config);
        const readLimits = readReadLimits(config);
        const tracesConfig = readTracesConfig(config);
        const { parentGroups } = readOwnershipConfig(config);
        const bindingConfig = readBindingConfig(config);
        const allClusters = [
          ...createClusters(config, { logger }),
          ...extensions.clusters,
        ];
        const reader = PooledTraceReader.create({ logger });
        const allStores = [
          ...createTraceStores(config, { logger, reader }),
          ...extensions.traceStores,
        ];
        checkTraceStoreNames(allClusters, allStores);
        const clusters = MeshClusters.create(allClusters);
        const stores = TraceStores.create(allStores);

        const metrics = MeshMetrics.fromConfig(config, { logger });
        const names = TraceServiceNames.create({ clusters, stores });
        const samples = TraceSamples.create({ reader });
        const analyses = TraceAnalyses.create(names, samples);
        const resolver = extensions.workloadResolver(() =>
          DefaultWorkloadResolver.create(bindingConfig),
        );
        const binding = extensions.workloadBinding(() =>
          createWorkloadBinding({ ...deps, config: bindingConfig, resolver }),
        );
        const catalogWorkloads = CatalogWorkloads.create({
          catalog: deps.catalog,
          resolver,
          names,
        });
        const estimator = estimatorOf(names, analyses);
        const sampling = await createSampling({
          ...deps,
          clusters,
          config: samplingConfig,
          store: await DatabaseSamplingStore.create(deps),
          policies: extensions.policies,
          estimator,
          owners: catalogWorkloads,
          firstHops: CatalogFirstHops.create(catalogWorkloads),
        });

        httpRouter.use(
          createRouter(
            createServices({
              ...deps,
              clusters,
              stores,
              metrics,
              names,
              analyses,
              resolver,
              binding,
              catalogWorkloads,
              readLimits,
              foreignSpans: tracesConfig.foreignSpans,
              parentGroups,
              portalUrl: config.getOptionalString('app.baseUrl'),
              sampling: sampling.service,
              estimator,
              writers: samplingConfig.writers,
              actForOwners: samplingConfig.actForOwners,
              permissionsEnabled:
                config.getOptionalBoolean('permission.enabled') ?? false,
            }),
          ),
        );

        const stopSampling = await sampling.start(deps.scheduler);
        lifecycle.addShutdownHook(async () => {
          stopSampling();
          const parts = [...allClusters, ...allStores, reader, metrics];
          await Promise.all(parts.map(part => part.stop?.()));
        });
        await Promise.all(allClusters.map(cluster => cluster.start?.()));
      },
    });
  },
});

function estimatorOf(
  names: TraceServiceNames,
  analyses: TraceAnalyses,
): RequestRateEstimator {
  return MeasuredRequestRateEstimator.create({
    measure: (context, workload) =>
      measureRequests(names, context, workload, Date.now()),
    observe: (context, workload) =>
      observeTraces(analyses, context, workload, Date.now()),
  });
}

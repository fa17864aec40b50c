import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { meshTracingPermissions } from 'backstage-plugin-mesh-tracing-common';
import { MeshTracingExtensions } from './MeshTracingExtensions';
import { createWorkloadBinding } from './binding/createWorkloadBinding';
import { readBindingConfig } from './binding/readBindingConfig';
import { MeshClusters } from './clusters/MeshClusters';
import { createClusters } from './clusters/createClusters';
import { checkConfigKeys } from './config/checkConfigKeys';
import { checkTraceStoreNames } from './config/checkTraceStoreNames';
import { readReadLimits } from './config/readReadLimits';
import { readOwnershipConfig } from './config/readOwnershipConfig';
import { readTracesConfig } from './config/readTracesConfig';
import { createServices } from './createServices';
import { CatalogFirstHops } from './insights/CatalogFirstHops';
import { CatalogWorkloads } from './insights/CatalogWorkloads';
import { TraceAnalyses } from './insights/TraceAnalyses';
import { TraceServiceNames } from './insights/TraceServiceNames';
import { measureRequests } from './insights/measureRequests';
import { observeTraces } from './insights/observeTraces';
import { createRouter } from './router/createRouter';
import { DatabaseSamplingStore } from './sampling/DatabaseSamplingStore';
import { MeasuredRequestRateEstimator } from './sampling/MeasuredRequestRateEstimator';
import { createSampling } from './sampling/createSampling';
import { readSamplingConfig } from './sampling/readSamplingConfig';
import { visibleLogger } from './shared/visibleLogger';
import { TraceStores } from './tracestore';
import { createTraceStores } from './config/createTraceStores';
import { DefaultWorkloadResolver } from './workloads/DefaultWorkloadResolver';

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
        const allStores = [
          ...createTraceStores(config, { logger }),
          ...extensions.traceStores,
        ];
        checkTraceStoreNames(allClusters, allStores);
        const clusters = MeshClusters.create(allClusters);
        const stores = TraceStores.create(allStores);

        const names = TraceServiceNames.create({ clusters, stores });
        const analyses = TraceAnalyses.create(names);
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
        const sampling = await createSampling({
          ...deps,
          clusters,
          config: samplingConfig,
          store: await DatabaseSamplingStore.create(deps),
          policies: extensions.policies,
          estimator: MeasuredRequestRateEstimator.create({
            measure: (context, workload) =>
              measureRequests(names, context, workload, Date.now()),
            observe: (context, workload) =>
              observeTraces(analyses, context, workload, Date.now()),
          }),
          owners: catalogWorkloads,
          firstHops: CatalogFirstHops.create(catalogWorkloads),
        });

        httpRouter.use(
          createRouter(
            createServices({
              ...deps,
              clusters,
              names,
              analyses,
              resolver,
              binding,
              catalogWorkloads,
              readLimits,
              foreignSpans: tracesConfig.foreignSpans,
              parentGroups,
              sampling: sampling.service,
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
          await Promise.all([
            ...allClusters.map(cluster => cluster.stop?.()),
            ...allStores.map(store => store.stop?.()),
          ]);
        });
        await Promise.all(allClusters.map(cluster => cluster.start?.()));
      },
    });
  },
});

import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  WorkloadBinding,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import { CatalogClaims } from './CatalogClaims';
import {
  DefaultWorkloadBinding,
  catalogBinding,
} from './DefaultWorkloadBinding';
import type { BindingConfig } from './readBindingConfig';

/** The binding for the mode that `meshTracing.binding` sets. */
export function createWorkloadBinding(options: {
  config: BindingConfig;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  resolver: WorkloadResolver;
}): WorkloadBinding {
  const { mode, matchByName } = options.config;
  if (mode === 'catalog') {
    options.logger.warn(
      "meshTracing.binding is 'catalog': who may edit a catalog-info.yaml may point it at any workload, change its sampling and read its traces. Use 'claims' or 'cluster' unless the catalog is as well guarded as the clusters.",
    );
    return catalogBinding;
  }
  return DefaultWorkloadBinding.create({
    claims: CatalogClaims.create({ ...options, matchByName }),
    counting: mode,
  });
}

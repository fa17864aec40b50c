import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError, isError } from '@backstage/errors';
import { KubernetesMeshCluster } from './KubernetesMeshCluster';
import { readClusterConfigs } from './readClusterConfigs';

/**
 * Makes the clusters of `meshTracing.clusters`; none is started.
 *
 * @throws InputError with the path in the configuration and what to write
 *   instead
 */
export function createClusters(
  config: Config,
  options: { logger: LoggerService },
): KubernetesMeshCluster[] {
  return readClusterConfigs(config).map((cluster, index) => {
    try {
      return KubernetesMeshCluster.create(cluster, options);
    } catch (error) {
      throw new InputError(
        `Configuration meshTracing.clusters[${index}].connection of cluster '${
          cluster.name
        }' can not be used: ${
          isError(error) ? error.message : 'unknown error'
        }`,
      );
    }
  });
}

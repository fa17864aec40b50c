import type { LoggerService } from '@backstage/backend-plugin-api';
import { KubernetesMeshCluster } from '../backendInternals';
import { clusterName, type ScaleSize } from './ScaleSize';

const logger: LoggerService = {
  error: (message: string) => process.stderr.write(`${message}\n`),
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => logger,
};

/** Says nothing but errors. */
export const quietLogger = logger;

/** One replica's view of all clusters, not started. */
export function createClusters(
  size: ScaleSize,
  url: string,
): KubernetesMeshCluster[] {
  return Array.from({ length: size.clusters }, (_, i) =>
    KubernetesMeshCluster.create(
      {
        name: clusterName(i),
        connection: {
          type: 'serviceAccount',
          url: `${url}/${clusterName(i)}`,
          token: 'bench',
        },
        istioNamespace: 'istio-system',
        timeoutMs: 30_000,
      },
      { logger },
    ),
  );
}

/** Until a condition holds; how long that took, milliseconds. */
export async function until(
  holds: () => boolean,
  everyMs = 5,
  limitMs = 300_000,
): Promise<number> {
  const started = performance.now();
  while (!holds()) {
    if (performance.now() - started > limitMs) {
      throw new Error('The mesh was not read in time');
    }
    await new Promise(resolve => {
      setTimeout(resolve, everyMs);
    });
  }
  return performance.now() - started;
}

/** Starts clusters and waits until each is read. */
export async function startAll(
  clusters: KubernetesMeshCluster[],
): Promise<number> {
  const started = performance.now();
  await Promise.all(clusters.map(cluster => cluster.start()));
  // Reading the state is cheap only while nothing changes, so look seldom.
  await until(
    () => clusters.every(cluster => cluster.snapshot().state !== 'syncing'),
    250,
  );
  return performance.now() - started;
}

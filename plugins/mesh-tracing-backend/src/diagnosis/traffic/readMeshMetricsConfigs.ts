import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { plainTextRefusal } from '../../shared/plainText';
import {
  labelName,
  prometheusPlainText,
  readPrometheusConnection,
  readTraceStoreConfigs,
} from '../../tracestore';
import type { MeshMetricsConfig } from './MeshMetricsConfig';

const KEY = 'meshTracing.clusters';
const LABELS = ['namespace', 'pod', 'workload'] as const;

/**
 * Reads where the statistics of proxies and collectors are: `prometheus` of each
 * cluster, else that of its trace store. A cluster without either is left out.
 *
 * @throws InputError with the path in the configuration and what to write instead
 */
export function readMeshMetricsConfigs(config: Config): MeshMetricsConfig[] {
  const stores = readTraceStoreConfigs(config);
  const clusters = config.getOptionalConfigArray(KEY) ?? [];
  return clusters.flatMap((entry, index) => {
    const cluster = entry.getOptionalString('name') ?? '';
    const own = entry.getOptionalConfig('prometheus');
    if (own) {
      return [readOwn(own, cluster, `${KEY}[${index}].prometheus`)];
    }
    const named = entry.getOptionalString('traceStore');
    const store =
      stores.find(({ name }) => name === named) ??
      (named === undefined && stores.length === 1 ? stores[0] : undefined);
    return store?.prometheus ? [ofStore(store.prometheus, cluster)] : [];
  });
}

function ofStore(
  prometheus: Omit<MeshMetricsConfig, 'cluster' | 'labels'>,
  cluster: string,
): MeshMetricsConfig {
  const { url, auth, headers, tls, selector, timeoutMs } = prometheus;
  return { cluster, url, auth, headers, tls, selector, timeoutMs };
}

function readOwn(
  config: Config,
  cluster: string,
  path: string,
): MeshMetricsConfig {
  const connection = readPrometheusConnection(config, path);
  const found = prometheusPlainText(connection);
  if (found && !found.allowed) {
    throw new InputError(
      `Configuration ${path}.url ${plainTextRefusal(found.sends)}`,
    );
  }
  const given = config.getOptionalConfig('labels');
  const labels: MeshMetricsConfig['labels'] = {};
  for (const key of LABELS) {
    const label = given?.getOptionalString(key);
    if (label !== undefined) {
      labels[key] = labelName(label, `${path}.labels.${key}`);
    }
  }
  return { cluster, ...connection, labels };
}

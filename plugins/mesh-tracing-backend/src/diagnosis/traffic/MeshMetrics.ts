import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { plainTextWarning } from '../../shared/plainText';
import { prometheusPlainText, PrometheusClient } from '../../tracestore';
import type { MeshMetricsConfig } from './MeshMetricsConfig';
import { readMeshMetricsConfigs } from './readMeshMetricsConfigs';

/** The statistics of one cluster's proxies and collectors. */
export interface ClusterMetrics {
  client: Pick<PrometheusClient, 'at'>;
  config: MeshMetricsConfig;
}

/** The statistics of proxies and collectors, by cluster. */
export class MeshMetrics {
  readonly #clusters: ReadonlyMap<
    string,
    { client: PrometheusClient; config: MeshMetricsConfig }
  >;

  /** @throws InputError as {@link readMeshMetricsConfigs} */
  static fromConfig(
    config: Config,
    options: { logger: LoggerService },
  ): MeshMetrics {
    return MeshMetrics.create(readMeshMetricsConfigs(config), options);
  }

  static create(
    configs: readonly MeshMetricsConfig[],
    { logger }: { logger: LoggerService },
  ): MeshMetrics {
    for (const config of configs) {
      const plain = config.labels && prometheusPlainText(config);
      if (plain) {
        logger.warn(
          plainTextWarning(
            `Prometheus of cluster '${config.cluster}'`,
            plain.sends,
          ),
        );
      }
    }
    return new MeshMetrics(configs);
  }

  private constructor(configs: readonly MeshMetricsConfig[]) {
    this.#clusters = new Map(
      configs.map(config => [
        config.cluster,
        {
          config,
          client: PrometheusClient.create(`cluster ${config.cluster}`, config),
        },
      ]),
    );
  }

  /** Undefined for a cluster of which no Prometheus is configured. */
  of(cluster: string): ClusterMetrics | undefined {
    return this.#clusters.get(cluster);
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#clusters.values()].map(({ client }) => client.close()),
    );
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { JaegerTraceStore } from '../tracestore/JaegerTraceStore';
import { PooledTraceReader } from '../tracestore/workers/PooledTraceReader';
import { readTraceStoreConfigs } from './readTraceStoreConfigs';

/**
 * The stores of `meshTracing.traceStores`. They share the threads that read
 * large answers.
 *
 * @throws InputError with the path in the configuration and what to write
 *   instead
 */
export function createTraceStores(
  config: Config,
  options: { logger: LoggerService },
): JaegerTraceStore[] {
  const configs = readTraceStoreConfigs(config);
  if (configs.length === 0) {
    return [];
  }
  const { logger } = options;
  const reader = PooledTraceReader.create({ logger });
  return configs.map(store =>
    JaegerTraceStore.create(store, logger, { reader }),
  );
}

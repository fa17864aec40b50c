import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { JaegerTraceStore } from '../JaegerTraceStore';
import { PooledTraceReader } from '../workers/PooledTraceReader';
import type { TraceReader } from '../workers/TraceJob';
import { plainTextWarning } from '../../shared/plainText';
import { readTraceStoreConfigs } from './readTraceStoreConfigs';
import { storePlainText } from './storePlainText';

/**
 * The stores of `meshTracing.traceStores`. They share the threads that read
 * large answers.
 *
 * @throws InputError with the path in the configuration and what to write
 *   instead
 */
export function createTraceStores(
  config: Config,
  options: { logger: LoggerService; reader?: TraceReader },
): JaegerTraceStore[] {
  const configs = readTraceStoreConfigs(config);
  if (configs.length === 0) {
    return [];
  }
  const { logger, reader = PooledTraceReader.create({ logger }) } = options;
  return configs.map(store => {
    storePlainText(store).forEach(({ part, sends }) => {
      const system = `${
        part === 'jaeger' ? 'Trace store' : 'Prometheus of trace store'
      } '${store.name}'`;
      logger.warn(plainTextWarning(system, sends));
    });
    return JaegerTraceStore.create(store, logger, { reader });
  });
}

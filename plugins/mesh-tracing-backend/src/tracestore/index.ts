export { callTraceStore } from './callTraceStore';
export { checkTraceStoreNames } from './config/checkTraceStoreNames';
export { createTraceStores } from './config/createTraceStores';
export { readTraceStoreConfigs } from './config/readTraceStoreConfigs';
export { readOptionsOf } from './readOptionsOf';
export type {
  JaegerDialect,
  JaegerStoreConfig,
} from './config/JaegerStoreConfig';
export type {
  PrometheusConfig,
  PrometheusConnectionConfig,
} from './config/PrometheusConfig';
export {
  labelName,
  readPrometheusConnection,
} from './config/readPrometheusConfig';
export { prometheusPlainText } from './config/storePlainText';
export { PrometheusClient } from './prometheus/PrometheusClient';
export { readTracesIn } from './sample/readTracesIn';
export type { StoreAuth } from './config/StoreAuth';
export {
  JaegerTraceStore,
  type JaegerTraceStoreOptions,
} from './JaegerTraceStore';
export { sumOfRates } from './metrics/RequestMeasures';
export { TraceSamples } from './sample/TraceSamples';
export { TraceStores } from './TraceStores';
export { PooledTraceReader } from './workers/PooledTraceReader';

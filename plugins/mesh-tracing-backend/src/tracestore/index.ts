export { callTraceStore } from './callTraceStore';
export { checkTraceStoreNames } from './config/checkTraceStoreNames';
export { createTraceStores } from './config/createTraceStores';
export { readTraceStoreConfigs } from './config/readTraceStoreConfigs';
export { readOptionsOf } from './readOptionsOf';
export type {
  JaegerDialect,
  JaegerStoreConfig,
} from './config/JaegerStoreConfig';
export type { PrometheusConfig } from './config/PrometheusConfig';
export type { StoreAuth } from './config/StoreAuth';
export {
  JaegerTraceStore,
  type JaegerTraceStoreOptions,
} from './JaegerTraceStore';
export { sumOfRates } from './metrics/RequestMeasures';
export { TraceSamples } from './sample/TraceSamples';
export { TraceStores } from './TraceStores';
export { PooledTraceReader } from './workers/PooledTraceReader';

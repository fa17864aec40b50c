export type {
  JaegerAuth,
  JaegerDialect,
  JaegerStoreConfig,
} from './config/JaegerStoreConfig';
export type { PrometheusConfig } from './config/PrometheusConfig';
export {
  JaegerTraceStore,
  type JaegerTraceStoreOptions,
} from './JaegerTraceStore';
export { TraceStores } from './TraceStores';
export { PooledTraceReader } from './workers/PooledTraceReader';

export { callTraceStore } from './callTraceStore';
export { checkTraceStoreNames } from './config/checkTraceStoreNames';
export { createTraceStores } from './config/createTraceStores';
export { readTraceStoreConfigs } from './config/readTraceStoreConfigs';
export { readOptionsOf } from './readOptionsOf';
export { TraceStores } from './TraceStores';

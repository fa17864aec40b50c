export { clusterStates } from './clusterStates';
export { createClusters } from './createClusters';
export { IstiodDebug } from './istiod/IstiodDebug';
export { MeshClusters } from './MeshClusters';
export { readClusterConfigs } from './readClusterConfigs';
export { writesOf } from './writesOf';
export { ApiServerError } from './api/ApiServerError';
export { toPortalError } from './telemetries/toPortalError';

/**
 * A real Istio tracing mesh on this machine, for development and tests.
 *
 * @packageDocumentation
 */
export { buildPrograms, type BuildOptions } from './build/buildPrograms';
export { prerequisites, type LabPrerequisites } from './build/prerequisites';
export {
  envoyTracing,
  parseEnvoyTracing,
  type EnvoyCustomTag,
  type EnvoyListenerTracing,
} from './envoy/envoyTracing';
export type { LabWorkloadName } from './layout/LabLayout';
export type { LabProfile } from './layout/LabProfile';
export {
  killComponent,
  restartApiServer,
  restartComponent,
  restartIstiod,
  startComponent,
  stopComponent,
} from './lifecycle/components';
export {
  labStatus,
  type LabComponent,
  type LabEndpoints,
  type LabStatus,
} from './lifecycle/labStatus';
export { startLab, type StartLabOptions } from './lifecycle/startLab';
export { stopLab } from './lifecycle/stopLab';
export {
  sendRequests,
  type SendRequestsOptions,
  type SendRequestsResult,
} from './traffic/sendRequests';
export { KubeApi, type KubeAnswer } from './kubernetes/KubeApi';

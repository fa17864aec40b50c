// The benches measure parts that are no public API of the backend; only this file reaches into it.
/* eslint-disable @backstage/no-relative-monorepo-imports */
export { traceJsonLines } from '../../plugins/mesh-tracing-backend/src/router/routes/traceJsonPieces';
export { JaegerTraceStore } from '../../plugins/mesh-tracing-backend/src/tracestore/JaegerTraceStore';
export { PooledTraceReader } from '../../plugins/mesh-tracing-backend/src/tracestore/workers/PooledTraceReader';
export { shownParts } from '../../plugins/mesh-tracing-backend/src/traces/shownParts';
export { KubernetesMeshCluster } from '../../plugins/mesh-tracing-backend/src/clusters/KubernetesMeshCluster';
export { MeshClusters } from '../../plugins/mesh-tracing-backend/src/clusters';
export { OwnedAnswers } from '../../plugins/mesh-tracing-backend/src/owned';
export {
  createSampling,
  DatabaseSamplingStore,
  readSamplingConfig,
} from '../../plugins/mesh-tracing-backend/src/sampling';
export {
  TracingAnswers,
  WorkloadTracings,
} from '../../plugins/mesh-tracing-backend/src/tracing';
export { DefaultWorkloadResolver } from '../../plugins/mesh-tracing-backend/src/workloads';
export type { EntityContext } from '../../plugins/mesh-tracing-backend/src/shared/EntityContext';
export {
  gated,
  type GatedSampling,
} from '../../plugins/mesh-tracing-backend/src/testing/sampling/gatedService';
export { heldBinding } from '../../plugins/mesh-tracing-backend/src/testing/mesh/heldBinding';
export type { Sampling } from '../../plugins/mesh-tracing-backend/src/sampling/createSampling';

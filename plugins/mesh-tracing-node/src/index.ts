/**
 * What a backend module can swap or add in Mesh Tracing.
 *
 * @packageDocumentation
 */
export {
  meshClustersExtensionPoint,
  samplingPolicyExtensionPoint,
  traceStoresExtensionPoint,
  workloadBindingExtensionPoint,
  workloadResolverExtensionPoint,
  type MeshClustersExtensionPoint,
  type SamplingPolicyExtensionPoint,
  type TraceStoresExtensionPoint,
  type WorkloadBindingExtensionPoint,
  type WorkloadResolverExtensionPoint,
} from './extensionPoints';
export type {
  AcceptanceOptions,
  ClusterReadOptions,
  DeletePrecondition,
  MeshCluster,
  MeshReadProblem,
  MeshSnapshot,
  TelemetryWriteOptions,
  TelemetryWriteResult,
} from './MeshCluster';
export type { AlertMetrics, MetricMoments, MetricSample } from './AlertMetrics';
export type { IncompleteReason, TraceCoverage } from './TraceCoverage';
export type {
  RequestMetricsQuery,
  StoreDependency,
  StoredTrace,
  TimeRange,
  TraceAnalysisResult,
  TraceReading,
  TraceReadLimits,
  TraceReadOptions,
  TraceReadReach,
  TraceReadResult,
  TraceSearchResult,
  TraceStore,
} from './TraceStore';
export type { WorkloadMatch, WorkloadResolver } from './WorkloadResolver';
export type {
  BoundEntity,
  EntityBinding,
  WorkloadBinding,
} from './WorkloadBinding';
export type {
  PolicyVerdict,
  SamplingChange,
  SamplingPolicy,
} from './SamplingPolicy';
export { FairQueue, type FairQueueOptions, type Turn } from './FairQueue';
export type { TraceStoreProblem, TraceStoreStatus } from './TraceStoreStatus';

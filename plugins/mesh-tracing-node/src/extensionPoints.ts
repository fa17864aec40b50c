import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { MeshCluster } from './MeshCluster';
import type { SamplingPolicy } from './SamplingPolicy';
import type { TraceStore } from './TraceStore';
import type { WorkloadBinding } from './WorkloadBinding';
import type { WorkloadResolver } from './WorkloadResolver';

/** Adds clusters beside the configured ones. @public */
export interface MeshClustersExtensionPoint {
  addCluster(cluster: MeshCluster): void;
}

/** @public */
export const meshClustersExtensionPoint =
  createExtensionPoint<MeshClustersExtensionPoint>({
    id: 'mesh-tracing.clusters',
  });

/** Adds trace stores beside the configured ones. @public */
export interface TraceStoresExtensionPoint {
  addTraceStore(store: TraceStore): void;
}

/** @public */
export const traceStoresExtensionPoint =
  createExtensionPoint<TraceStoresExtensionPoint>({
    id: 'mesh-tracing.trace-stores',
  });

/** Replaces or wraps how an entity's workloads are found. @public */
export interface WorkloadResolverExtensionPoint {
  /** Called once with the default, so that it can be wrapped. */
  setWorkloadResolver(
    factory: (getDefault: () => WorkloadResolver) => WorkloadResolver,
  ): void;
}

/** @public */
export const workloadResolverExtensionPoint =
  createExtensionPoint<WorkloadResolverExtensionPoint>({
    id: 'mesh-tracing.workload-resolver',
  });

/** Adds rules that overrides must keep, beside the configured ones. @public */
export interface SamplingPolicyExtensionPoint {
  addPolicy(policy: SamplingPolicy): void;
}

/** @public */
export const samplingPolicyExtensionPoint =
  createExtensionPoint<SamplingPolicyExtensionPoint>({
    id: 'mesh-tracing.sampling-policy',
  });

/** Replaces or wraps who may stand for a workload. @public */
export interface WorkloadBindingExtensionPoint {
  /** Called once with the default, so that it can be wrapped. */
  setWorkloadBinding(
    factory: (getDefault: () => WorkloadBinding) => WorkloadBinding,
  ): void;
}

/** @public */
export const workloadBindingExtensionPoint =
  createExtensionPoint<WorkloadBindingExtensionPoint>({
    id: 'mesh-tracing.workload-binding',
  });

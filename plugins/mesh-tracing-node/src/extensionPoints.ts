import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { MeshCluster } from './MeshCluster';
import type { SamplingPolicy } from './SamplingPolicy';
import type { TraceStore } from './TraceStore';
import type { WorkloadBinding } from './WorkloadBinding';
import type { WorkloadResolver } from './WorkloadResolver';

/** Adds clusters beside the configured ones. @public */
export interface MeshClustersExtensionPoint {
  /** Before the plugin starts; a name that is taken stops the start. */
  addCluster(cluster: MeshCluster): void;
}

/** Where modules add clusters beside the configured ones. @public */
export const meshClustersExtensionPoint =
  createExtensionPoint<MeshClustersExtensionPoint>({
    id: 'mesh-tracing.clusters',
  });

/** Adds trace stores beside the configured ones. @public */
export interface TraceStoresExtensionPoint {
  /** Before the plugin starts; a name that is taken stops the start. */
  addTraceStore(store: TraceStore): void;
}

/** Where modules add trace stores beside the configured ones. @public */
export const traceStoresExtensionPoint =
  createExtensionPoint<TraceStoresExtensionPoint>({
    id: 'mesh-tracing.trace-stores',
  });

/** Replaces or wraps how an entity's workloads are found. @public */
export interface WorkloadResolverExtensionPoint {
  /**
   * Only one module can set it. The factory is called once, with the default, so
   * that it can be wrapped.
   */
  setWorkloadResolver(
    factory: (getDefault: () => WorkloadResolver) => WorkloadResolver,
  ): void;
}

/** Where a module replaces or wraps how an entity's workloads are found. @public */
export const workloadResolverExtensionPoint =
  createExtensionPoint<WorkloadResolverExtensionPoint>({
    id: 'mesh-tracing.workload-resolver',
  });

/** Adds rules that overrides must keep, beside the configured ones. @public */
export interface SamplingPolicyExtensionPoint {
  /** All policies must allow a change. */
  addPolicy(policy: SamplingPolicy): void;
}

/** Where modules add rules that overrides must keep, beside the configured ones. @public */
export const samplingPolicyExtensionPoint =
  createExtensionPoint<SamplingPolicyExtensionPoint>({
    id: 'mesh-tracing.sampling-policy',
  });

/** Replaces or wraps who may stand for a workload. @public */
export interface WorkloadBindingExtensionPoint {
  /**
   * Only one module can set it. The factory is called once, with the default, so
   * that it can be wrapped.
   */
  setWorkloadBinding(
    factory: (getDefault: () => WorkloadBinding) => WorkloadBinding,
  ): void;
}

/** Where a module replaces or wraps who may stand for a workload. @public */
export const workloadBindingExtensionPoint =
  createExtensionPoint<WorkloadBindingExtensionPoint>({
    id: 'mesh-tracing.workload-binding',
  });

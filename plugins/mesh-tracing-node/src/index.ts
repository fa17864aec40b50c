/**
 * What a backend module can swap or add in Mesh Tracing.
 *
 * @packageDocumentation
 */
export * from './FairQueue';
export * from './MeshCluster';
export * from './TraceStore';
export * from './WorkloadResolver';
export * from './WorkloadBinding';
export * from './SamplingPolicy';
export * from './extensionPoints';

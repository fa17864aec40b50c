/**
 * The pure domain of Mesh Tracing: effective Istio tracing, traces, latency and
 * dependencies, and the HTTP contract between frontend and backend.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './permissions';
export * from './shared';
export * from './workloads';
export * from './gitops';
export * from './yaml';
export * from './telemetry';
export * from './sampling';
export * from './traces';
export * from './latency';
export * from './dependencies';
export * from './overview';
export * from './api';

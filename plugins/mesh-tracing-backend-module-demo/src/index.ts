/**
 * The embedded mesh of Mesh Tracing: a simulated cluster and its traces.
 *
 * @packageDocumentation
 */
export { meshTracingModuleDemo as default } from './module';

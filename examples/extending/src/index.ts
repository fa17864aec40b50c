/**
 * Worked examples of what a module can swap or add in Mesh Tracing.
 *
 * @packageDocumentation
 */
export { folderTraceStoreModule } from './traceStore/module';
export { ticketPolicyModule } from './policy/module';
export { helmReleaseModule } from './resolver/module';
export { recordedClusterModule } from './cluster/module';
export { namespaceBindingModule } from './binding/module';

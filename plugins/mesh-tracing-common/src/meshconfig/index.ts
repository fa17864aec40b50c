export type { CustomTag } from './CustomTag';
export type {
  ExtensionProvider,
  MeshConfig,
  ProxyConfig,
  ProxyConfigTracing,
  TracingServiceName,
} from './MeshConfig';
export {
  type AppliedMeshConfig,
  applyMeshConfigTexts,
} from './applyMeshConfigTexts';
export {
  type FieldProblem,
  FieldReader,
  isPresent,
} from './protojson/FieldReader';
export { type CustomTags, readCustomTags } from './readCustomTags';
export { type MeshReading, readMeshConfig } from './readMeshConfig';
export type { ProviderDefinition } from './readProviders';
export { type ProxyNaming, readReportedNaming } from './readProxyNaming';
export { type ProxyTracing, readProxyTracing } from './readProxyTracing';
export { tracingProviderNames, TRACING_KINDS } from './tracingProviders';
export { type UnknownField, unknownFields } from './unknownFields';

export * from './model';
export * from './CustomTag';
export * from './meshConfig';
export * from './effectiveTracing';
export * from './tracingInputs';
export {
  applyMeshConfigTexts,
  type AppliedMeshConfig,
} from './reading/applyMeshConfigTexts';
export { selectorMatches } from './chain/selectorMatches';
export {
  createTracingResolver,
  resolveTracing,
} from './resolve/resolveTracing';
export type { TracingResolver } from './resolve/TracingResolver';
export { tracingProxyOf } from './resolve/tracingProxyOf';
export { headlineSides, type HeadlineSide } from './resolve/headlineSides';
export { spanReporting, tracedSide } from './resolve/tracedSide';
export { samplingParts } from './resolve/samplingParts';
export {
  sentTags,
  type SentTag,
  type SentTagsOptions,
} from './resolve/sentTags';
export {
  SIDE_FIELDS,
  TRACING_SIDES,
  type TracingField,
} from './resolve/sideFields';
export {
  findingCatalog,
  type TracingFindingCode,
} from './findings/findingCatalog';
export { type FindingDescription } from '../shared/FindingDescription';
export { describeSource } from './explain/describeSource';
export {
  describeValue,
  explainTracing,
  type ExplainedWorkload,
} from './explain/explainTracing';
export { formatPercent } from './explain/formatPercent';
export { applyChange, type TelemetryChange } from './simulate/applyChange';
export {
  differingFields,
  simulateTracing,
  type TracingDifference,
} from './simulate/simulateTracing';
export { validateTelemetry } from './validation/validateTelemetry';
export { joinWebhookMessages } from './validation/webhookVerdict';
export type {
  TelemetryError,
  TelemetryErrorSource,
  TelemetryValidation,
} from './validation/TelemetryValidation';
export {
  ENVOY_TAG_NAMES,
  isReservedTagName,
} from './validation/reservedTagName';
export * from './customisations';

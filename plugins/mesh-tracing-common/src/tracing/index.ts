export { TelemetryIndex } from './chain/TelemetryIndex';
export { selectorMatches } from './chain/selectorMatches';
export { customisationsOf } from './customisations/customisationsOf';
export { describeEnvoyFilter } from './customisations/describeEnvoyFilter';
export { describeSidecar } from './customisations/describeSidecar';
export type {
  EnvoyFilterTouch,
  SidecarEgress,
  TracingEnvoyFilter,
} from './customisations/model';
export {
  findingCatalog,
  type TracingFindingCode,
} from './findings/findingCatalog';
export { meansErrors } from './findings/meansErrors';
export { describeSource } from './explain/describeSource';
export {
  type ExplainedWorkload,
  explainTracing,
} from './explain/explainTracing';
export { formatPercent } from '../shared/formatPercent';
export type {
  AmbientRoute,
  AmbientTracing,
  EffectiveTracing,
  EffectiveTracingSide,
  IgnoredReason,
  IgnoredTelemetry,
  Sourced,
  SpanReporting,
  TelemetryLevel,
  TracingProvider,
  TracingSide,
  TracingSource,
} from './model/EffectiveTracing';
export type {
  Istiod,
  MeshTracingInputs,
  TracingProxy,
  TracingService,
} from './model/MeshTracingInputs';
export { parseIstioVersion } from './model/istioVersion';
export { SINCE } from './model/sinceVersion';
export { waypointFollowsService } from './model/waypointFollowsService';
export type { TracingResolver } from './resolve/TracingResolver';
export {
  createTracingResolver,
  resolveTracing,
} from './resolve/resolveTracing';
export { tracingProxyOf } from './resolve/tracingProxyOf';
export { decidingSide } from './sides/decidingSide';
export { type HeadlineSide, headlineSides } from './sides/headlineSides';
export {
  type Deciding,
  keptPercent,
  localDecisionPercent,
} from './sides/localDecision';
export { sameValue } from './sides/sameValue';
export {
  SIDE_FIELDS,
  TRACING_SIDES,
  type TracingField,
} from './sides/sideFields';
export { spanReporting, tracedSide } from './sides/tracedSide';
export { applyChange, type TelemetryChange } from './simulate/applyChange';
export { differingFields, simulateTracing } from './simulate/simulateTracing';
export {
  ENVOY_TAG_NAMES,
  isReservedTagName,
  reservedTagName,
} from './tags/reservedTagName';
export { type SentTag, sentTags, type SentTagsOptions } from './tags/sentTags';
export type {
  PolicyTargetReference,
  Telemetry,
  TelemetrySpec,
  TelemetryTracing,
  TracingMode,
} from './telemetry/Telemetry';
export type {
  TelemetryError,
  TelemetryErrorSource,
  TelemetryValidation,
} from './validation/TelemetryValidation';
export {
  silentTelemetryErrors,
  validateTelemetry,
} from './validation/validateTelemetry';
export { joinWebhookMessages } from './validation/webhookVerdict';

export {
  checkErrorSampling,
  type ErrorSamplingInput,
} from './configuration/checkErrorSampling';
export {
  checkMeshDefault,
  checkSource,
} from './configuration/checkMeshDefault';
export {
  checkTelemetry,
  type TelemetryContext,
} from './configuration/checkTelemetry';
export {
  checkSamplingRate,
  type SamplingRateInput,
} from './rates/checkSamplingRate';
export { errorObjectiveOf } from './rates/errorObjective';
export {
  secondsBetweenFailures,
  type SuggestedPercentage,
  suggestPercentage,
  type SuggestionInput,
} from './rates/suggestPercentage';
export type {
  SetupEvidence,
  SetupFact,
  SetupFinding,
  SetupMend,
  SetupUnit,
} from './SetupFinding';
export {
  setupFindingCatalog,
  type SetupFindingCode,
} from './setupFindingCatalog';
export { sortSetupFindings } from './sortSetupFindings';
export {
  checkHealthChecks,
  HEALTH_CHECK_FILTER,
} from './spans/checkHealthChecks';
export { bytesPerSpan, checkSpanSize } from './spans/checkSpanSize';
export { checkTags } from './spans/checkTags';
export { inspectTraces, type InspectionRequest } from './spans/inspectTraces';
export { mergeInspections } from './spans/mergeInspections';
export {
  emptyInspection,
  type NameSighting,
  type SpanInspection,
  type TagCounts,
} from './spans/SpanInspection';
export { type ValueShape } from './spans/valueShape';
export { checkRenamed, type RenamedInput } from './store/checkRenamed';
export {
  checkRetention,
  lacksOlderPart,
  type RetentionInput,
} from './store/checkRetention';
export { tailSamplingMends } from './tailSampling/tailSamplingMends';
export {
  type TailSamplingInput,
  tailSamplingPolicy,
  type TailSamplingPolicy,
} from './tailSampling/tailSamplingPolicy';

export * from './attachmentFindings';
export * from './buildOverride';
export * from './checkCustomTags';
export * from './customTagRules';
export {
  DENIED_HEADERS,
  headerRefusal,
  isAlwaysDeniedHeader,
} from './deniedHeaders';
export type { HeaderRefusal, HeaderRules } from './deniedHeaders';
export { isDeniedVariable } from './deniedVariables';
export type { VariableRules } from './deniedVariables';
export {
  findOverride,
  isOverrideOf,
  isPortalOwned,
  workloadAnnotation,
  workloadOfOverride,
} from './findOverride';
export * from './overrideName';
export {
  describeTarget,
  findNamespaceWideRival,
  findWideOverride,
  overrideTarget,
  rootNamespaceOf,
  scopeOfOverride,
  scopeOfTarget,
  wideOverrideName,
} from './overrideScope';
export { OVERRIDE_SCOPES } from '../api/OverrideScope';
export type { OverrideScope, WideScope } from '../api/OverrideScope';
export { holdsCredential } from './looksSecret';
export { keptPercent, localDecisionPercent } from './localDecision';
export * from './mergeTracing';
export * from './newFindings';
export * from './overrideView';
export { headersOfOperator, parseFormatter } from './parseFormatter';
export type { FormatterOperator, ParsedFormatter } from './parseFormatter';
export * from './proveSelector';
export * from './SamplingEffect';
export * from './tracingProviders';
export * from './effectOfSampling';

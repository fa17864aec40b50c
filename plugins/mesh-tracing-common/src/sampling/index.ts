export {
  buildOverride,
  type OverrideInput,
  type OverridePlan,
} from './override/buildOverride';
export {
  effectOfSampling,
  type SamplingEffectInput,
} from './override/effectOfSampling';
export {
  findOverride,
  isOverrideOf,
  isPortalOwned,
  workloadOfOverride,
} from './override/findOverride';
export { mergeTracing } from './override/mergeTracing';
export { newFindings } from './override/newFindings';
export { overrideName } from './override/overrideName';
export {
  describeTarget,
  findNamespaceWideRival,
  findWideOverride,
  overrideTarget,
  rootNamespaceOf,
  scopeOfOverride,
  scopeOfTarget,
  wideOverrideName,
} from './override/overrideScope';
export { overrideView } from './override/overrideView';
export { attachmentFindings } from './selector/attachmentFindings';
export { proveSelector, type SelectorProof } from './selector/proveSelector';
export { checkCustomTags } from './tags/checkCustomTags';
export type {
  CustomTagCheck,
  CustomTagKind,
  CustomTagProxies,
  CustomTagRules,
} from './tags/customTagRules';
export {
  DENIED_HEADERS,
  headerRefusal,
  type HeaderRefusal,
  type HeaderRules,
  isAlwaysDeniedHeader,
} from './tags/deniedHeaders';
export { isDeniedVariable, type VariableRules } from './tags/deniedVariables';
export { holdsCredential } from './tags/looksSecret';

export { checkMark } from './conditional/checkMark';
export { CONDITIONAL_TRACE_VALUE } from './conditional/conditionalFilter';
export {
  type ConditionalMark,
  type ConditionalMarkProblem,
  MARK_LIMITS,
} from './conditional/ConditionalMark';
export type {
  ConditionalPlan,
  ConditionalRefusal,
  ConditionalRisk,
} from './conditional/ConditionalPlan';
export {
  type ConditionalTracingInput,
  planConditionalTracing,
} from './conditional/planConditionalTracing';
export {
  parseTraceReference,
  type TraceReference,
  type TraceReferenceForm,
  type TraceReferenceProblem,
} from './ids/parseTraceReference';
export {
  type FreshTraceIds,
  TRACE_ID_BYTES,
  traceIdsOf,
} from './ids/traceIdsOf';
export {
  describeForcingHop,
  type ForcingHopFacts,
} from './recipe/describeForcingHop';
export { forcingHeaders } from './recipe/forcingHeaders';
export type {
  ForcingHeaders,
  ForcingHop,
  ForcingHopKind,
  ForcingNote,
  ForcingRefusal,
} from './recipe/ForcingHop';
export {
  parseRequestUrl,
  type RequestUrl,
  type RequestUrlProblem,
} from './recipe/parseRequestUrl';
export {
  REQUEST_LANGUAGES,
  type RequestLanguage,
  writeRequest,
  type WrittenRequest,
} from './recipe/writeRequest';

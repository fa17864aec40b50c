export { arrangeSpans, type SpanForest } from './analyse/SpanForest';
export {
  buildTraceTree,
  type TraceTree,
  type TraceTreeRow,
} from './analyse/buildTraceTree';
export {
  correctClockSkew,
  type SkewCorrection,
} from './analyse/correctClockSkew';
export {
  criticalPath,
  type CriticalPathSegment,
  isBlockingKind,
  walkCriticalPath,
} from './analyse/criticalPath';
export { type FoldedHop, foldProxySpans } from './analyse/foldProxySpans';
export { foldTrace } from './analyse/foldTrace';
export { limitTrace, type TraceLimits } from './analyse/limitTrace';
export {
  matchesSpanFilters,
  matchesTraceDuration,
  matchesTraceQuery,
  type TraceFilter,
} from './analyse/matchesTraceQuery';
export { selfTimes } from './analyse/selfTimes';
export {
  compareNewestFirst,
  rootSpan,
  summarizeTrace,
} from './analyse/summarizeTrace';
export { StoreStreamError } from './decode/StoreStreamError';
export {
  decodeJaegerTraces,
  UNKNOWN_SERVICE,
} from './decode/decodeJaegerTraces';
export { displayTraceId, normalizeTraceId } from './decode/ids';
export { gatewayFailure, legacyFailure } from './decode/storeFailure';
export type { TraceInsights } from './insights/TraceInsights';
export {
  errorMessage,
  type ErrorRootCause,
  findErrorRootCauses,
  statusOf,
} from './insights/findErrorRootCauses';
export type { RepeatedCalls } from './insights/findRepeatedCalls';
export { findRetries, type RetriedCall } from './insights/findRetries';
export { findTraceInsights } from './insights/findTraceInsights';
export { describeResponseFlags } from './insights/responseFlags';
export type {
  Attributes,
  AttributeValue,
  Span,
  SpanEvent,
  SpanKind,
  SpanLink,
  SpanScope,
  SpanStatus,
  Trace,
  TraceCut,
  TraceServiceCount,
  TraceSummary,
} from './model/Trace';
export { hashRequestId, NO_REQUEST_ID } from './model/requestId';
export type { TraceAnalysisRequest } from './model/TraceAnalysisRequest';
export type { TraceQuery } from './model/TraceQuery';
export type { TraceSubject } from './model/TraceSubject';
export {
  KUBERNETES_HOST,
  type MeshIdentity,
  meshIdentityOf,
  type MeshParty,
  ownerOfParty,
} from './model/meshIdentity';
export {
  partyBelongsTo,
  senderBelongsTo,
  spanBelongsTo,
} from './model/spanBelongsTo';
export { SPAN_KINDS } from './model/spanKind';
export type {
  SampleAsk,
  SampleBudget,
  SampleInterval,
  SampleOutcome,
  SamplePlannerOptions,
  SampleRead,
} from './sample/SamplePlan';
export { SampleWeights } from './sample/SampleWeights';
export { type WeighedTraces, weighTraces } from './sample/weighTraces';
export { SeededRandom } from './sample/SeededRandom';
export { SamplePlanner } from './sample/SamplePlanner';
export type {
  SampleFacts,
  SampleLevel,
  SampleStratum,
} from './sample/SampleStratum';
export { isRefusal, type StatusCode, statusCodeOf } from './model/statusCode';
export {
  decodeOtlpTraces,
  type OtlpReadOptions,
} from './decode/decodeOtlpTraces';
export {
  decodeTraces,
  readSpanTable,
  type TraceFormat,
} from './scan/readSpanTable';
export {
  PROTOCOLS,
  selectTraces,
  type Sender,
  SPAN_FLAGS,
  type SpanTable,
} from './table/SpanTable';
export { mergeSpanTables } from './table/mergeSpanTables';
export { spanTableOf } from './table/spanTableOf';
export {
  durationOfTrace,
  rootOfTrace,
  subjectSenders,
  summarizeTableTrace,
  tableSpanMatcher,
  tableTraceBelongs,
  tableTraceMatcher,
  traceOfSpans,
} from './table/summarizeTable';
export { readTraceRows } from './rows/readTraceRows';
export { rowsOfTrace } from './rows/rowsOfTrace';
export { redactSpan } from './rows/redactSpan';
export { firstSpanTimes } from './sample/firstSpanTimes';
export { WITHHELD_DETAILS } from './rows/spanJson';
export {
  type ReadTrace,
  type SpanRows,
  type TraceHead,
  type TraceSender,
} from './rows/TraceRows';

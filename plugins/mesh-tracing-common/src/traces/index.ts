export { isRefusal, type StatusCode } from './statusCode';
export * from './model';
export * from './TraceSubject';
export * from './TraceQuery';
export * from './analysis';
export * from './TraceAnalysisRequest';
export * from './TraceInsights';
export { findTraceInsights } from './findTraceInsights';
export { normalizeTraceId, normalizeSpanId, displayTraceId } from './ids';
export { decodeJaegerTraces, UNKNOWN_SERVICE } from './decodeJaegerTraces';
export { decodeOtlpTraces } from './decodeOtlpTraces';
export { isTruncationWarning } from './warnings';
export {
  buildTraceTree,
  type TraceTree,
  type TraceTreeRow,
} from './buildTraceTree';
export { selfTimes } from './selfTimes';
export { criticalPath, type CriticalPathSegment } from './criticalPath';
export { compareNewestFirst, rootSpan, summarizeTrace } from './summarizeTrace';
export {
  meshIdentityOf,
  parseNodeId,
  type MeshIdentity,
  type MeshParty,
} from './meshIdentity';
export { spanBelongsTo } from './spanBelongsTo';
export {
  matchesSpanFilters,
  matchesTraceDuration,
  matchesTraceQuery,
  type TraceFilter,
} from './matchesTraceQuery';
export { analyzeSpanTable, analyzeTraces } from './analyzeTraces';
export { decodeTraces, readSpanTable, type TraceFormat } from './readSpanTable';
export { mergeSpanTables } from './mergeSpanTables';
export { spanTableOf } from './spanTableOf';
export { selectTraces, type Sender, type SpanTable } from './SpanTable';
export {
  durationOfTrace,
  summarizeTableTrace,
  tableTraceBelongs,
  tableTraceMatcher,
} from './summarizeTable';
export {
  DEFAULT_TRACE_LIMITS,
  limitTrace,
  type TraceLimits,
} from './limitTrace';
export {
  errorMessage,
  findErrorRootCauses,
  statusOf,
  type ErrorRootCause,
} from './findErrorRootCauses';
export { describeResponseFlags } from './responseFlags';
export { gatewayFailure, legacyFailure } from './storeFailure';
export { StoreStreamError } from './StoreStreamError';
export { parseExact } from './parseExact';
export { findRepeatedCalls, type RepeatedCalls } from './findRepeatedCalls';
export { findRetries, type RetriedCall } from './findRetries';
export { foldProxySpans, type FoldedHop } from './foldProxySpans';
export { foldTrace } from './foldTrace';
export { correctClockSkew, type SkewCorrection } from './correctClockSkew';
export {
  buildTraceReport,
  type ReportedSampling,
  type ReportedTracing,
  type TraceReport,
  type TraceReportInput,
} from './report/traceReport';
export {
  collectErrors,
  groupErrors,
  type ErrorGroup,
  type ReportedError,
} from './report/reportedErrors';
export { formatTraceReport } from './report/formatTraceReport';

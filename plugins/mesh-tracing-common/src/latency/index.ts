export { Durations } from './Durations';
export { SampleDesign } from './SampleDesign';
export { wilson } from './wilson';
export { shareBounds, studentQuantile } from './bounds';
export { type TableSample, tableSampleOf } from './TableSample';
export { type FailureCount, sumFailures } from './FailureCount';
export type {
  OperationFigures,
  ServiceFigures,
  ServiceLink,
  SpanFigures,
} from './SpanFigures';
export { collectLatency } from './collectLatency';
export { collectSpanFigures } from './collectSpanFigures';
export { compareLatency, type LatencyComparison } from './compareLatency';
export { latencyStatistics } from './latencyStatistics';
export type {
  EstimateBounds,
  LatencyAnalysis,
  LatencyPoint,
  LatencyStatistics,
  OperationLatency,
  PeerLatency,
  RequestMetricsRow,
  SampleEstimate,
  VersionLatency,
} from './model';
export { sampleConfidence, type SampleConfidence } from './sampleConfidence';
export {
  type MeasuredRequests,
  type RequestFigures,
  requestFindingCatalog,
  type RequestFindingCode,
  type RequestPart,
  type RequestPoint,
  type RequestSource,
  tracedShare,
  type TracedShare,
  tracedShareFinding,
  type TracedShareInput,
} from './requests';

export * from './model';
export { sumFailures, type FailureCount } from './FailureCount';
export * from './SpanFigures';
export * from './quantile';
export * from './latencyStatistics';
export { sampleConfidence, type SampleConfidence } from './sampleConfidence';
export { compareLatency, type LatencyComparison } from './compareLatency';

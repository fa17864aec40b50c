import type {
  LatencyResponse,
  LatencyStatistics,
  SampleEstimate,
  SampleFacts,
} from 'backstage-plugin-mesh-tracing-common';
import { latencyResponse, statistics } from './latencyFixtures';

/** 1,480 of about 12,300 traces of a busy hour. */
export function sampleFacts(patch: Partial<SampleFacts> = {}): SampleFacts {
  return {
    level: 'normal',
    isExact: false,
    sliceCount: 60,
    wholeSliceCount: 0,
    unreadSliceCount: 0,
    readTraceCount: 1_480,
    estimatedTraceCount: 12_312,
    readShare: 0.12,
    canRefine: true,
    ...patch,
  };
}

/** What is known of figures that a tenth of the requests was read for. */
export function sampleEstimate(
  patch: Partial<SampleEstimate> = {},
): SampleEstimate {
  return {
    sampleCount: 1_480,
    designEffect: 1.3,
    count: { low: 12_000, high: 12_700 },
    errorRate: { low: 0.11, high: 0.14 },
    p50Us: { low: 28_000, high: 33_000 },
    p95Us: { low: 1_180_000, high: 1_250_000 },
    p99Us: null,
    ...patch,
  };
}

/** About 12,345 requests, of which 1,480 were read. */
export function estimatedStatistics(
  patch: Partial<LatencyStatistics> = {},
): LatencyStatistics {
  return statistics({
    count: 12_345,
    errorCount: 1_543,
    p95Us: 1_210_000,
    estimate: sampleEstimate(),
    ...patch,
  });
}

/** A busy hour of which a sample was read. */
export function sampledLatency(
  facts: Partial<SampleFacts> = {},
  patch: Partial<LatencyResponse> = {},
): LatencyResponse {
  const { latency, ...response } = latencyResponse();
  const overall = estimatedStatistics();
  const operations = latency.operations.map(row => ({ ...row, ...overall }));
  return {
    ...response,
    traceCount: 1_480,
    sample: sampleFacts(facts),
    latency: { ...latency, overall, operations },
    previous: estimatedStatistics(),
    ...patch,
  };
}

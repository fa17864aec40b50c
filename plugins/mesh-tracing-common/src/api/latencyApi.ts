import { z } from 'zod';
import type { CriticalPathShare } from '../analysis';
import type {
  FailureCount,
  LatencyAnalysis,
  LatencyComparison,
  LatencyStatistics,
  SampleConfidence,
  SampleEstimate,
} from '../latency';
import { requestMetricsRowSchema } from './requestsApi';
import { sampleFactsSchema, sampleLevelSchema } from './sampleApi';
import { traceCoverageSchema, windowQuerySchema } from './tracesApi';

export { sampleFactsSchema } from './sampleApi';

/** Failed requests by their status code. */
export const failureCountSchema = z.object({
  protocol: z.enum(['http', 'grpc', 'none']),
  code: z.number(),
  count: z.number(),
}) satisfies z.ZodType<FailureCount>;

export const estimateBoundsSchema = z.object({
  low: z.number(),
  high: z.number(),
});

export const sampleEstimateSchema = z.object({
  sampleCount: z.number(),
  designEffect: z.number(),
  count: estimateBoundsSchema,
  errorRate: estimateBoundsSchema,
  p50Us: estimateBoundsSchema.nullable(),
  p95Us: estimateBoundsSchema.nullable(),
  p99Us: estimateBoundsSchema.nullable(),
}) satisfies z.ZodType<SampleEstimate>;

/** Query of the routes that tell statistics of a window. @public */
export const statisticsQuerySchema = windowQuerySchema.extend({
  /** How much to read; `normal` when absent. */
  sample: sampleLevelSchema.optional(),
});

export const latencyStatisticsSchema = z.object({
  count: z.number(),
  errorCount: z.number(),
  /** Most frequent first; absent without a failed request. */
  failures: z.array(failureCountSchema).optional(),
  meanUs: z.number(),
  minUs: z.number(),
  maxUs: z.number(),
  p50Us: z.number(),
  p75Us: z.number(),
  p90Us: z.number(),
  p95Us: z.number(),
  p99Us: z.number(),
  estimate: sampleEstimateSchema.optional(),
}) satisfies z.ZodType<LatencyStatistics>;

export const latencyAnalysisSchema = z.object({
  overall: latencyStatisticsSchema.nullable(),
  operations: z.array(
    latencyStatisticsSchema.extend({
      service: z.string(),
      operation: z.string(),
      kind: z.enum([
        'unspecified',
        'internal',
        'server',
        'client',
        'producer',
        'consumer',
      ]),
    }),
  ),
  peers: z.array(
    latencyStatisticsSchema.extend({
      peer: z.string(),
      direction: z.enum(['inbound', 'outbound']),
    }),
  ),
  versions: z.array(
    latencyStatisticsSchema.extend({
      /** What it is a version of. */
      workload: z.string(),
      version: z.string(),
    }),
  ),
  series: z.object({
    stepMs: z.number(),
    points: z.array(
      z.object({
        startMs: z.number(),
        count: z.number(),
        errorCount: z.number(),
        p50Us: z.number().nullable(),
        p95Us: z.number().nullable(),
        p99Us: z.number().nullable(),
        estimate: sampleEstimateSchema.optional(),
        /** Of a sample: ids of traces that were read, one at each percentile. */
        exemplars: z
          .object({
            p50: z.string().optional(),
            p95: z.string().optional(),
            p99: z.string().optional(),
          })
          .optional(),
        isUnread: z.boolean().optional(),
      }),
    ),
  }),
}) satisfies z.ZodType<LatencyAnalysis>;

export const sampleConfidenceSchema = z.object({
  sampleSize: z.number(),
  samplingPercent: z.number().nullable(),
  errorRate: z.number().nullable(),
  errorRateLow: z.number(),
  errorRateHigh: z.number(),
  supportsP99: z.boolean(),
  statement: z.string(),
}) satisfies z.ZodType<SampleConfidence>;

export const latencyComparisonSchema = z.object({
  p50Ratio: z.number().nullable(),
  p95Ratio: z.number().nullable(),
  /** At 95 % confidence, where either side is from a sample. */
  p50RatioBounds: estimateBoundsSchema.nullable().optional(),
  p95RatioBounds: estimateBoundsSchema.nullable().optional(),
  errorRateDifference: z.number(),
  verdict: z.enum([
    'slower',
    'faster',
    'more errors',
    'fewer errors',
    'similar',
    'too few requests',
  ]),
}) satisfies z.ZodType<LatencyComparison>;

export const criticalPathShareSchema = z.object({
  service: z.string(),
  operation: z.string(),
  selfUs: z.number(),
  traceCount: z.number(),
  /** Of a sample: part of the time on all these paths, 0..1, at 95 % confidence. */
  shareBounds: estimateBoundsSchema.optional(),
}) satisfies z.ZodType<CriticalPathShare>;

/** Figures of every request, traced or not. @public */
export const allRequestsSchema = z.object({
  basis: z.literal('all-requests'),
  /** Busiest first; empty when the source has no series of the entity. */
  rows: z.array(requestMetricsRowSchema),
  /** Why there are no rows although a source is configured, and what to do. */
  problem: z.string().optional(),
});
/** @public */
export type AllRequests = z.infer<typeof allRequestsSchema>;

/** `GET …/latency`. @public */
export const latencyResponseSchema = z.object({
  entityRef: z.string(),
  store: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  /** What the numbers of `latency` are of: sampled traces, or every request. */
  basis: z.enum(['sampled-traces', 'all-requests']),
  traceCount: z.number(),
  /** Of statistics from a sample: what was read. Absent where the traces are all. */
  sample: sampleFactsSchema.optional(),
  /** Sampling in force at the entity's workloads, percent; null = unknown or mixed. */
  samplingPercent: z.number().nullable(),
  latency: latencyAnalysisSchema,
  /** The window of equal length just before; null when it could not be read. */
  previous: latencyStatisticsSchema.nullable(),
  /** What the sample says of all requests. */
  confidence: sampleConfidenceSchema.optional(),
  /** Against `previous`; null where either is missing. */
  comparison: latencyComparisonSchema.nullable().optional(),
  /** Each version of a workload against the one with most requests. */
  versionComparisons: z
    .array(
      z.object({
        workload: z.string(),
        version: z.string(),
        baseline: z.string(),
        comparison: latencyComparisonSchema,
      }),
    )
    .optional(),
  /** From metrics, beside the numbers from traces; null when none are configured. */
  allRequests: allRequestsSchema.nullable().optional(),
  /** Time of this entity and of what it calls, on the critical path of the traces. */
  criticalPath: z.array(criticalPathShareSchema),
  /** Time of callers and of what they call besides, on the same paths. */
  criticalPathElsewhereUs: z.number().optional(),
  coverage: traceCoverageSchema,
});
/** @public */
export type LatencyResponse = z.infer<typeof latencyResponseSchema>;

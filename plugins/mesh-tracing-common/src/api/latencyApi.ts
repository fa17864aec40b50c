import { z } from 'zod';
import type { LatencyAnalysis, LatencyStatistics } from '../latency/model';
import { traceCoverageSchema } from './tracesApi';

/** @public */
export const latencyStatisticsSchema = z.object({
  count: z.number(),
  errorCount: z.number(),
  meanUs: z.number(),
  minUs: z.number(),
  maxUs: z.number(),
  p50Us: z.number(),
  p75Us: z.number(),
  p90Us: z.number(),
  p95Us: z.number(),
  p99Us: z.number(),
}) satisfies z.ZodType<LatencyStatistics>;

/** @public */
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
      direction: z.enum(['upstream', 'downstream']),
    }),
  ),
  versions: z.array(latencyStatisticsSchema.extend({ version: z.string() })),
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
      }),
    ),
  }),
}) satisfies z.ZodType<LatencyAnalysis>;

/** `GET …/latency`. @public */
export const latencyResponseSchema = z.object({
  entityRef: z.string(),
  store: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  /** What the numbers are of: sampled traces, or every request. */
  basis: z.enum(['sampled-traces', 'all-requests']),
  traceCount: z.number(),
  /** Sampling in force at the entity's workloads, percent; null = unknown or mixed. */
  samplingPercent: z.number().nullable(),
  latency: latencyAnalysisSchema,
  /** The window of equal length just before; null when it could not be read. */
  previous: latencyStatisticsSchema.nullable(),
  criticalPath: z.array(
    z.object({
      service: z.string(),
      operation: z.string(),
      selfUs: z.number(),
      traceCount: z.number(),
    }),
  ),
  coverage: traceCoverageSchema,
});
/** @public */
export type LatencyResponse = z.infer<typeof latencyResponseSchema>;

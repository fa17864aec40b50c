import { z } from 'zod';
import type {
  MeasuredRequests,
  RequestFigures,
  RequestMetricsRow,
  RequestSource,
  TracedShare,
} from '../latency';
import { findingSchema } from './findingSchema';

const requestFigures = {
  callsPerSecond: z.number().nullable(),
  /** Share of failed requests, 0..1. */
  errorRate: z.number().nullable(),
  p50Us: z.number().nullable(),
  p95Us: z.number().nullable(),
  p99Us: z.number().nullable(),
};

const requestFiguresSchema = z.object(
  requestFigures,
) satisfies z.ZodType<RequestFigures>;

/** One service or operation. */
export const requestMetricsRowSchema = z.object({
  service: z.string(),
  operation: z.string().optional(),
  ...requestFigures,
}) satisfies z.ZodType<RequestMetricsRow>;

const requestSourceSchema = z.object({
  kind: z.enum(['istio', 'span-metrics', 'jaeger', 'other']),
  /** Metrics that are made of spans know nothing of requests that were not sampled. */
  counts: z.enum(['every-request', 'traced-requests']),
}) satisfies z.ZodType<RequestSource>;

/** Rate, failures and durations as metrics tell them, over a window. @public */
export const measuredRequestsSchema = z.object({
  source: requestSourceSchema,
  /** Null without a series of the entity in the window. */
  overall: requestFiguresSchema.nullable(),
  /** Busiest first. */
  services: z.array(requestMetricsRowSchema),
  /** Busiest first, at most a hundred. */
  operations: z.array(requestMetricsRowSchema),
  /** False where the metrics have no label that tells operations apart. */
  knowsOperations: z.boolean(),
  series: z.object({
    stepMs: z.number(),
    points: z.array(z.object({ startMs: z.number(), ...requestFigures })),
  }),
  /** How long counters stand still between two readings; absent where not known. */
  resolutionMs: z.number().optional(),
  /** Parts that could not be read, although others could. */
  missing: z.array(z.enum(['series', 'operations', 'durations'])),
}) satisfies z.ZodType<MeasuredRequests>;

/** `GET …/requests`. @public */
export const requestsResponseSchema = z.object({
  entityRef: z.string(),
  store: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  /** Null when the trace store has no metrics configured, or they can't be read. */
  requests: measuredRequestsSchema.nullable(),
  /** Why metrics that are configured can't be read, and what to do. */
  problem: z.string().optional(),
});
/** @public */
export type RequestsResponse = z.infer<typeof requestsResponseSchema>;

const tracedShareSchema = z.object({
  seenPercent: z.number(),
  /** Bounds at 95 % confidence, the inexactness of the metrics included. */
  lowPercent: z.number(),
  highPercent: z.number(),
  /** Sampling in force; null = unknown or mixed. */
  configuredPercent: z.number().nullable(),
  tracedCount: z.number(),
  requestCount: z.number(),
  /** Length of the stretch, up to the end of the window, that was compared. */
  windowMs: z.number(),
}) satisfies z.ZodType<TracedShare>;

/** `GET …/requests/traced`. @public */
export const tracedRequestsResponseSchema = z.object({
  entityRef: z.string(),
  store: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  /** Null where it can't be told; `reason` says why. */
  share: tracedShareSchema.nullable(),
  reason: z
    .enum([
      /** No metrics are configured, or they have no series of the entity. */
      'no-metrics',
      /** The metrics are made of spans and count sampled requests only. */
      'counts-traced-requests',
      /** The traces that were read are of too short a time for the metrics. */
      'too-short',
      /** More requests were traced than the metrics counted: they lack a part. */
      'metrics-incomplete',
    ])
    .optional(),
  /** A significant deviation from the sampling in force. */
  findings: z.array(findingSchema),
});
/** @public */
export type TracedRequestsResponse = z.infer<
  typeof tracedRequestsResponseSchema
>;

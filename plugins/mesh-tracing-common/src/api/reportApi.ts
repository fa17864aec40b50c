import { z } from 'zod';
import type { TraceReport } from '../traces/traceReport';
import {
  failureCountSchema,
  latencyAnalysisSchema,
  latencyStatisticsSchema,
  sampleConfidenceSchema,
} from './latencyApi';
import { windowQuerySchema } from './tracesApi';

/** Query of `GET …/report`. @public */
export const reportQuerySchema = windowQuerySchema.extend({
  /** `json` when absent. */
  format: z.enum(['json', 'markdown']).optional(),
});

/** `GET …/report`: what is known of an entity and a window, in one document. @public */
export const reportResponseSchema = z.object({
  entityRef: z.string(),
  store: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  traceCount: z.number(),
  spanCount: z.number(),
  /** What part of the window the traces are, in plain words. */
  coverage: z.string(),
  confidence: sampleConfidenceSchema,
  overall: latencyStatisticsSchema.nullable(),
  operations: latencyAnalysisSchema.shape.operations,
  /** Failed spans of the entity, newest first. */
  errors: z.array(
    z.object({
      /** Milliseconds since the epoch. */
      timeMs: z.number(),
      traceId: z.string(),
      spanId: z.string(),
      service: z.string(),
      operation: z.string(),
      message: z.string().optional(),
      status: z.string().optional(),
    }),
  ),
  dependencies: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['workload', 'service', 'external']),
        name: z.string(),
        /** True for the nodes of the entity itself. */
        isSubject: z.boolean().optional(),
        workload: z
          .object({
            clusterId: z.string().optional(),
            namespace: z.string(),
            canonicalName: z.string(),
            canonicalRevision: z.string().optional(),
            name: z.string().optional(),
          })
          .optional(),
      }),
    ),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        callCount: z.number(),
        errorCount: z.number(),
        failures: z.array(failureCountSchema).optional(),
        protocol: z.string(),
        p50Us: z.number().nullable(),
        p95Us: z.number().nullable(),
      }),
    ),
  }),
}) satisfies z.ZodType<TraceReport>;
/** @public */
export type ReportResponse = z.infer<typeof reportResponseSchema>;

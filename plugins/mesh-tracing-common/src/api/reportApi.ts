import { z } from 'zod';
import type { SpanFigures } from '../latency';
import type { ReportedError, ReportedTracing, TraceReport } from '../report';
import { findingSchema } from './findingSchema';
import {
  criticalPathShareSchema,
  failureCountSchema,
  latencyAnalysisSchema,
  latencyStatisticsSchema,
  sampleConfidenceSchema,
  sampleEstimateSchema,
  sampleFactsSchema,
  statisticsQuerySchema,
} from './latencyApi';
import { tracingSourceSchema } from './tracingApi';
import { workloadRefSchema } from './workloadRefSchema';

/** Query of `GET …/report`. */
export const reportQuerySchema = statisticsQuerySchema.extend({
  /** `json` when absent. */
  format: z.enum(['json', 'markdown']).optional(),
});

const serviceFiguresSchema = latencyStatisticsSchema.extend({
  service: z.string(),
  /** What the service was asked alone, each request once. */
  requests: latencyStatisticsSchema.nullable(),
});

const spanFiguresSchema = z.object({
  errorCount: z.number(),
  subjectErrorCount: z.number(),
  services: z.array(serviceFiguresSchema),
  operations: z.array(serviceFiguresSchema.extend({ operation: z.string() })),
  /** Spans of `to` right below spans of `from`. */
  links: z.array(
    latencyStatisticsSchema.extend({ from: z.string(), to: z.string() }),
  ),
}) satisfies z.ZodType<SpanFigures>;

const reportedErrorSchema = z.object({
  /** Milliseconds since the epoch. */
  timeMs: z.number(),
  traceId: z.string(),
  spanId: z.string(),
  service: z.string(),
  operation: z.string(),
  kind: latencyAnalysisSchema.shape.operations.element.shape.kind,
  message: z.string().optional(),
  status: z.string().optional(),
  /** The span is of the entity. */
  isSubject: z.boolean(),
  /** No span right below it failed. */
  isOrigin: z.boolean(),
  /** Id of the failed span below that stands for the same call. */
  sameCallAs: z.string().optional(),
}) satisfies z.ZodType<ReportedError>;

const reportedTracingSchema = z.object({
  sampling: z.array(
    z.object({
      workload: workloadRefSchema,
      /** Null where the workload does not trace. */
      samplingPercent: z.number().nullable(),
      source: tracingSourceSchema.nullable(),
      explanation: z.string(),
    }),
  ),
  findings: z.array(findingSchema),
}) satisfies z.ZodType<ReportedTracing>;

/** `GET …/report`: what is known of an entity and a window, in one document. @public */
export const reportResponseSchema = z.object({
  entityRef: z.string(),
  /** Entity refs. */
  owners: z.array(z.string()),
  /** As the catalog has them. */
  links: z.array(z.object({ url: z.string(), title: z.string().optional() })),
  store: z.string(),
  /** ISO 8601, UTC. */
  generatedAt: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  traceCount: z.number(),
  spanCount: z.number(),
  /** Of a sample: what was read; the counts are of all that this stands for. */
  sample: sampleFactsSchema.optional(),
  /** Failed spans of all services in all traces, whether listed or not. */
  errorCount: z.number(),
  /** Traces with a failed span. */
  failedTraceCount: z.number(),
  /** What part of the window the traces are, in plain words. */
  coverage: z.string(),
  confidence: sampleConfidenceSchema,
  overall: latencyStatisticsSchema.nullable(),
  operations: latencyAnalysisSchema.shape.operations,
  peers: latencyAnalysisSchema.shape.peers,
  versions: latencyAnalysisSchema.shape.versions,
  criticalPath: z.array(criticalPathShareSchema),
  /** Of every service in the traces; null where the store can't tell. */
  spanFigures: spanFiguresSchema.nullable(),
  /** Failed spans of every service, newest first, as far as they were read. */
  errors: z.array(reportedErrorSchema),
  /** Null for a caller without `mesh-tracing.sampling.read`. */
  tracing: reportedTracingSchema.nullable(),
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
        estimate: sampleEstimateSchema.optional(),
      }),
    ),
  }),
}) satisfies z.ZodType<TraceReport>;
/** @public */
export type ReportResponse = z.infer<typeof reportResponseSchema>;

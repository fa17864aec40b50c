import { z } from 'zod';
import type { WorkloadRef } from '../../workloads';
import {
  YAML_CHECK_LIMITS,
  type CheckedDocument,
  type SideBrief,
  type TelemetryPlacement,
  type TracingBrief,
  type WorkloadOutcome,
  type YamlCheck,
  type YamlFinding,
} from '../../yamlcheck';
import { findingSchema } from '../findingSchema';
import {
  ignoredReasonSchema,
  spanReportingSchema,
  telemetryLevelSchema,
} from '../tracingApi';

/** Body of `POST …/yaml-check`. @public */
export const yamlCheckRequestSchema = z.strictObject({
  /** YAML, a page in Markdown or a shell script; nothing of it is kept. */
  text: z.string().max(YAML_CHECK_LIMITS.textLength),
});
/** @public */
export type YamlCheckRequest = z.infer<typeof yamlCheckRequestSchema>;

const sideSchema = z.object({
  spanReporting: spanReportingSchema,
  provider: z.string().nullable(),
  samplingPercent: z.number(),
  customTags: z.array(z.string()),
  disableContextPropagation: z.boolean(),
}) satisfies z.ZodType<SideBrief>;

const briefSchema = z.object({
  path: z.enum(['telemetry', 'legacy', 'none']),
  client: sideSchema.optional(),
  server: sideSchema.optional(),
}) satisfies z.ZodType<TracingBrief>;

const workloadRefSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
}) satisfies z.ZodType<WorkloadRef>;

const outcomeSchema = z.object({
  workload: workloadRefSchema,
  before: briefSchema,
  after: briefSchema,
  changedFields: z.array(z.string()),
}) satisfies z.ZodType<WorkloadOutcome>;

const yamlFindingSchema = findingSchema.extend({
  line: z.number().optional(),
}) satisfies z.ZodType<YamlFinding>;

const placementSchema = z.object({
  reaches: z.number(),
  level: telemetryLevelSchema.optional(),
  ignored: ignoredReasonSchema.optional(),
  instead: z.string().optional(),
}) satisfies z.ZodType<TelemetryPlacement>;

const documentSchema = z.object({
  number: z.number(),
  firstLine: z.number(),
  lastLine: z.number(),
  kind: z.enum([
    'telemetry',
    'mesh-config',
    'istio-operator',
    'istio-resource',
    'helm-values',
    'proxy-config',
    'envoy-filter',
    'sidecar',
    'service',
    'service-entry',
    'namespace',
    'workload',
    'jaeger-operator',
    'collector',
    'instrumentation',
    'prometheus-rules',
    'scrape-config',
    'retired-istio',
    'trace-headers',
    'other',
    'unreadable',
  ]),
  apiVersion: z.string().optional(),
  resourceKind: z.string().optional(),
  namespace: z.string().optional(),
  name: z.string().optional(),
  verdict: z.enum(['works', 'no-effect', 'ignored', 'cannot-work', 'refused']),
  findings: z.array(yamlFindingSchema),
  placement: placementSchema.optional(),
  outcomes: z.array(outcomeSchema),
}) satisfies z.ZodType<CheckedDocument>;

/** `POST …/yaml-check`. @public */
export const yamlCheckResponseSchema = z.object({
  form: z.enum(['yaml', 'markdown', 'shell']),
  documentsLeftOut: z.number(),
  /** One answer for each cluster with workloads of the entity; one without, if none has. */
  clusters: z.array(
    z.object({
      cluster: z.string().optional(),
      documents: z.array(documentSchema),
      outcomes: z.array(outcomeSchema),
      workloadsLeftOut: z.number(),
    }),
  ),
}) satisfies z.ZodType<YamlCheck>;
/** @public */
export type YamlCheckResponse = z.infer<typeof yamlCheckResponseSchema>;

import { z } from 'zod';
import { sampleFactsSchema, sampleLevelSchema } from './sampleApi';
import type { TraceInsights, TraceSummary, Trace } from '../traces';

export const traceSummarySchema = z.object({
  traceId: z.string(),
  rootService: z.string().optional(),
  rootOperation: z.string().optional(),
  earliestService: z.string().optional(),
  earliestOperation: z.string().optional(),
  startTimeMs: z.number(),
  durationUs: z.number(),
  spanCount: z.number(),
  errorSpanCount: z.number(),
  orphanSpanCount: z.number(),
  services: z.array(
    z.object({
      name: z.string(),
      spanCount: z.number(),
      errorSpanCount: z.number(),
    }),
  ),
}) satisfies z.ZodType<TraceSummary>;

/** How much of the window an answer holds. @public */
export const traceCoverageSchema = z.object({
  complete: z.boolean(),
  /**
   * True of traces that were chosen from all over the window to stand for all of
   * it; absent where an incomplete answer holds the newest ones.
   */
  isSample: z.boolean().optional(),
  fetchedCount: z.number(),
  matchedCount: z.number(),
  /**
   * Of the fetched traces, those with a span of the entity's workloads. Absent
   * where names alone tell, since no other workload can have them.
   */
  belongingCount: z.number().optional(),
  /**
   * Of a complete answer, start of its oldest trace; of another, the time since
   * which nothing is missing but what `incompleteBecause` tells of. Absent where
   * nothing older is missing.
   */
  oldestStartTimeMs: z.number().optional(),
  /**
   * `endTimeMs` of the next older page, to be handed back with its fraction: a
   * whole millisecond may hold more traces than a page. Absent where nothing older
   * is missing.
   */
  continueAtMs: z.number().optional(),
  /** Why the answer is not complete, as far as the store tells. */
  incompleteBecause: z
    .array(
      z.enum([
        'older',
        'same-instant',
        'failed-names',
        'unproven-filter',
        'storage-recovering',
      ]),
    )
    .optional(),
  filteredHere: z.array(z.string()),
  failures: z.array(z.object({ service: z.string(), message: z.string() })),
});
/** @public */
export type TraceCoverageView = z.infer<typeof traceCoverageSchema>;

const epochMs = z.coerce.number().int().min(0).max(4_102_444_800_000);
const epochMsFraction = z.coerce.number().min(0).max(4_102_444_800_000);
const durationUs = z.coerce.number().min(0).max(86_400_000_000);

/** The window that a view asks for; default is the last hour. @public */
export const windowQuerySchema = z.object({
  /** Milliseconds since the epoch. */
  startTimeMs: epochMs.optional(),
  endTimeMs: epochMs.optional(),
});

/** Query of `GET …/traces`. @public */
export const tracesQuerySchema = windowQuerySchema.extend({
  /** With a fraction where it is `continueAtMs` of the page before. */
  endTimeMs: epochMsFraction.optional(),
  operation: z.string().max(1000).optional(),
  kind: z
    .enum(['internal', 'server', 'client', 'producer', 'consumer'])
    .optional(),
  errorsOnly: z.enum(['true', 'false']).optional(),
  /** `key=value`, repeatable; a span must carry all. */
  tag: z
    .union([z.string().max(2000), z.array(z.string().max(2000)).max(16)])
    .optional(),
  minSpanDurationUs: durationUs.optional(),
  maxSpanDurationUs: durationUs.optional(),
  minTraceDurationUs: durationUs.optional(),
  maxTraceDurationUs: durationUs.optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  /**
   * Asks for the traces of which the statistics of the window are made, chosen
   * evenly from all of it, instead of the newest; no filter goes with it.
   */
  sample: sampleLevelSchema.optional(),
});
/** @public */
export type TracesQuery = z.input<typeof tracesQuerySchema>;

/** `GET …/traces`: newest first. @public */
export const tracesResponseSchema = z.object({
  entityRef: z.string(),
  store: z.string(),
  /** Base link into the store's own UI, `{traceId}` to be replaced. */
  traceUrlTemplate: z.string().optional(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  /** Names that were searched. */
  services: z.array(z.string()),
  traces: z.array(traceSummarySchema),
  /** Where the sample was asked for: what the statistics of the window are of. */
  sample: sampleFactsSchema.optional(),
  coverage: traceCoverageSchema,
});
/** @public */
export type TracesResponse = z.infer<typeof tracesResponseSchema>;

const attributeValueSchema = z.unknown();
const attributesSchema = z.record(z.string(), attributeValueSchema);

export const spanSchema = z.object({
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  followsFrom: z.boolean().optional(),
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
  status: z.enum(['unset', 'ok', 'error']),
  statusMessage: z.string().optional(),
  offsetUs: z.number(),
  durationUs: z.number(),
  attributes: attributesSchema,
  resource: attributesSchema,
  scope: z
    .object({ name: z.string(), version: z.string().optional() })
    .optional(),
  events: z.array(
    z.object({
      offsetUs: z.number(),
      name: z.string(),
      attributes: attributesSchema,
    }),
  ),
  links: z.array(
    z.object({
      traceId: z.string(),
      spanId: z.string(),
      attributes: attributesSchema.optional(),
    }),
  ),
  warnings: z.array(z.string()),
  /**
   * Only place, service, operation and times were sent: the caller may not read
   * the entity whose span it is.
   */
  redacted: z.boolean().optional(),
});

export const traceInsightsSchema = z.object({
  errorRootCauses: z.array(
    z.object({
      spanId: z.string(),
      service: z.string(),
      operation: z.string(),
      depth: z.number(),
      message: z.string().optional(),
      responseFlags: z.string().optional(),
      offsetUs: z.number(),
    }),
  ),
  repeatedCalls: z.array(
    z.object({
      parentSpanId: z.string(),
      parentService: z.string(),
      parentOperation: z.string(),
      service: z.string(),
      operation: z.string(),
      count: z.number(),
      totalUs: z.number(),
      medianUs: z.number(),
      shareOfParent: z.number(),
      spanIds: z.array(z.string()),
    }),
  ),
  retries: z.array(
    z.object({
      spanId: z.string(),
      service: z.string(),
      operation: z.string(),
      peer: z.string().optional(),
      calledService: z.string().optional(),
      attempts: z.number(),
      failed: z.boolean(),
      limitReached: z.boolean(),
    }),
  ),
  criticalPath: z.array(
    z.object({
      service: z.string(),
      operation: z.string(),
      selfUs: z.number(),
      share: z.number(),
    }),
  ),
  clockSkew: z
    .object({ movedSpanCount: z.number(), largestShiftUs: z.number() })
    .nullable(),
}) satisfies z.ZodType<TraceInsights>;

/** `GET …/traces/{traceId}`. @public */
export const traceResponseSchema = z.object({
  entityRef: z.string(),
  store: z.string(),
  traceUrl: z.string().optional(),
  trace: z.object({
    traceId: z.string(),
    startTimeUs: z.number(),
    durationUs: z.number(),
    spans: z.array(spanSchema),
    warnings: z.array(z.string()),
  }),
  /** What is shown of a trace with too many spans; absent when it is whole. */
  cut: z
    .object({ shownSpanCount: z.number(), spanCount: z.number() })
    .optional(),
  /** Ids of the spans that belong to the entity. */
  entitySpanIds: z.array(z.string()),
  /** What the trace tells at a glance. */
  insights: traceInsightsSchema.optional(),
});

/**
 * A line of `GET …/traces/{traceId}` for who accepts `application/x-ndjson`: one
 * head, then spans in the order of the trace, then one end. An answer without an end
 * broke off.
 * @public
 */
export const traceStreamLineSchema = z.discriminatedUnion('part', [
  traceResponseSchema
    .omit({ trace: true, entitySpanIds: true, insights: true })
    .extend({
      part: z.literal('head'),
      trace: traceResponseSchema.shape.trace.omit({ spans: true }),
      /** Of the whole trace. */
      spanCount: z.number(),
    }),
  z.object({
    part: z.literal('spans'),
    spans: z.array(spanSchema),
    /** Of these spans, those that belong to the entity. */
    entitySpanIds: z.array(z.string()),
  }),
  z.object({ part: z.literal('end'), insights: traceInsightsSchema }),
]);
/** @public */
export type TraceStreamLine = z.infer<typeof traceStreamLineSchema>;

/** Use `Trace` of the domain for the trace itself. @public */
export type TraceResponse = Omit<
  z.infer<typeof traceResponseSchema>,
  'trace'
> & {
  trace: Trace;
};

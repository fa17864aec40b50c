import { z } from 'zod';
import {
  failureCountSchema,
  sampleEstimateSchema,
  sampleFactsSchema,
} from './latencyApi';
import { traceCoverageSchema } from './tracesApi';

/** `GET …/dependencies`: the entity's neighbours, one hop each way. @public */
export const dependenciesResponseSchema = z.object({
  entityRef: z.string(),
  store: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  nodes: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['workload', 'service', 'external']),
      name: z.string(),
      workload: z
        .object({
          clusterId: z.string().optional(),
          namespace: z.string(),
          canonicalName: z.string(),
          canonicalRevision: z.string().optional(),
          name: z.string().optional(),
        })
        .optional(),
      /** Catalog entity that the node was resolved to, if the caller may see it. */
      entityRef: z.string().optional(),
      /**
       * Entity that the catalog declares and no traffic was found of, whose name is
       * like that of this node: a guess, to be confirmed by an annotation.
       */
      likelyEntityRef: z.string().optional(),
      /** Further entities that claim the same workload, the likeliest first. */
      otherEntityRefs: z.array(z.string()).optional(),
      /** True for the nodes of the entity itself. */
      focus: z.boolean(),
    }),
  ),
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      direction: z.enum(['inbound', 'outbound']),
      /** `declared`: in the catalog, without traffic in the window. */
      source: z.enum(['traces', 'store', 'declared']),
      /** True when the catalog declares it. */
      declared: z.boolean(),
      callCount: z.number(),
      errorCount: z.number(),
      /** Most frequent first; absent without a failed call. */
      failures: z.array(failureCountSchema).optional(),
      protocol: z.string(),
      p50Us: z.number().nullable(),
      p95Us: z.number().nullable(),
      /** Of figures from a sample; absent where every call was read. */
      estimate: sampleEstimateSchema.optional(),
      /**
       * `neighbour`: told by the neighbour's spans, since the entity makes none.
       * Absent = by the entity's own.
       */
      toldBy: z.literal('neighbour').optional(),
      /** Of several versions or workloads of the neighbour, each by itself. */
      parts: z
        .array(
          z.object({
            name: z.string(),
            clusterId: z.string().optional(),
            version: z.string().optional(),
            workload: z.string().optional(),
            callCount: z.number(),
            errorCount: z.number(),
            failures: z.array(failureCountSchema).optional(),
            p50Us: z.number().nullable(),
            p95Us: z.number().nullable(),
            estimate: sampleEstimateSchema.optional(),
          }),
        )
        .optional(),
    }),
  ),
  /** False when no span of the entity was seen: what it does is not known then. */
  traced: z.boolean(),
  traceCount: z.number(),
  /** Of figures from a sample: what was read. Absent where the traces are all. */
  sample: sampleFactsSchema.optional(),
  coverage: traceCoverageSchema,
});
/** @public */
export type DependenciesResponse = z.infer<typeof dependenciesResponseSchema>;

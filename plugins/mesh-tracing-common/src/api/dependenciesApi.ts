import { z } from 'zod';
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
          name: z.string().optional(),
        })
        .optional(),
      /** Catalog entity that the node was resolved to, if the caller may see it. */
      entityRef: z.string().optional(),
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
      protocol: z.string(),
      p50Us: z.number().nullable(),
      p95Us: z.number().nullable(),
    }),
  ),
  traceCount: z.number(),
  coverage: traceCoverageSchema,
});
/** @public */
export type DependenciesResponse = z.infer<typeof dependenciesResponseSchema>;

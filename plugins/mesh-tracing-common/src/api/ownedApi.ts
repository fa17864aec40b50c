import { z } from 'zod';
import { workloadRefSchema } from './workloadRefSchema';
import { clusterStateSchema } from './workloadsApi';
import {
  overrideSchema,
  spanReportingSchema,
  tracingSourceSchema,
} from './tracingApi';

/** `GET /owned`: entities that the caller owns, nested groups included. @public */
export const ownedResponseSchema = z.object({
  owners: z.array(z.string()),
  entities: z.array(
    z.object({
      entityRef: z.string(),
      title: z.string().optional(),
      /** The owner through which the caller owns it. */
      ownerRef: z.string(),
      system: z.string().optional(),
      workloads: z.array(
        z.object({
          workload: workloadRefSchema,
          proxy: z.enum(['sidecar', 'gateway', 'waypoint', 'none']),
          /** Captured by ztunnel: in the mesh without a proxy of its own. */
          ambient: z.literal(true).optional(),
          /** Whether spans leave it. */
          enabled: z.boolean(),
          /** The same, and if they don't, why not. */
          spanReporting: z.union([spanReportingSchema, z.literal('no-proxy')]),
          samplingPercent: z.number().nullable(),
          source: tracingSourceSchema.nullable(),
          /** The workload's own, else the nearest wider one that reaches it. */
          override: overrideSchema.nullable(),
          errorFindingCount: z.number(),
          warningFindingCount: z.number(),
        }),
      ),
    }),
  ),
  clusters: z.array(clusterStateSchema),
});
/** @public */
export type OwnedResponse = z.infer<typeof ownedResponseSchema>;

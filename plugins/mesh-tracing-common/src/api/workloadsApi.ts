import { z } from 'zod';
import { bindingViewSchema } from './bindingApi';
import { findingSchema } from './findingSchema';
import { workloadRefSchema } from './workloadRefSchema';

/** A workload as the browser sees it. @public */
export const workloadViewSchema = workloadRefSchema.extend({
  proxy: z.enum(['sidecar', 'gateway', 'waypoint', 'none']),
  /** Captured by ztunnel: in the mesh without a proxy of its own. */
  ambient: z.literal(true).optional(),
  proxyVersion: z.string().optional(),
  revision: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  podCount: z.number(),
  readyPodCount: z.number(),
});
/** @public */
export type WorkloadView = z.infer<typeof workloadViewSchema>;

/** A name under which spans of the entity may be found. @public */
export const traceServiceNameSchema = z.object({
  name: z.string(),
  /** Why this name was tried, such as "Istio: label app and namespace". */
  reason: z.string(),
  /** Whether the trace store knows it; null when the store could not be asked. */
  found: z.boolean().nullable(),
  /** True for the name of a waypoint: of its spans only those about the entity count. */
  shared: z.literal(true).optional(),
  /** True for a name of others, by which this caller is shown nothing. */
  withheld: z.boolean().optional(),
});
/** @public */
export type TraceServiceName = z.infer<typeof traceServiceNameSchema>;

/** How current the cluster's data is. @public */
export const clusterStateSchema = z.object({
  name: z.string(),
  state: z.enum(['syncing', 'synced', 'stale']),
  /** Milliseconds since the epoch. */
  syncedAtMs: z.number().optional(),
  simulated: z.boolean(),
  problems: z.array(
    z.object({ what: z.string(), message: z.string(), whatToDo: z.string() }),
  ),
});
/** @public */
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** `GET …/workloads`. @public */
export const workloadsResponseSchema = z.object({
  entityRef: z.string(),
  /** Annotation that decided; absent when none is present. */
  rule: z.string().optional(),
  value: z.string().optional(),
  explanation: z.string(),
  workloads: z.array(workloadViewSchema),
  /** How the entity stands to each of its workloads. */
  bindings: z.array(bindingViewSchema).optional(),
  /** About trace service names that the entity lists and others own. */
  findings: z.array(findingSchema).optional(),
  traceStore: z.string().optional(),
  traceServiceNames: z.array(traceServiceNameSchema),
  /**
   * When nothing matched: workloads that a likely annotation would match, so
   * that the missing-annotation state can offer them.
   */
  suggestions: z.array(
    z.object({
      annotation: z.string(),
      value: z.string(),
      workloads: z.array(workloadRefSchema),
    }),
  ),
  clusters: z.array(clusterStateSchema),
});
/** @public */
export type WorkloadsResponse = z.infer<typeof workloadsResponseSchema>;

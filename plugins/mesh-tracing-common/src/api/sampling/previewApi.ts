import { z } from 'zod';
import { bindingViewSchema } from '../bindingApi';
import { findingSchema } from '../findingSchema';
import { effectiveTracingSchema } from '../tracingApi';
import { workloadViewSchema } from '../workloadsApi';
import { samplingEffectSchema } from './samplingEffectSchema';

/** @public */
export const policyVerdictSchema = z.object({
  rule: z.string(),
  allowed: z.boolean(),
  message: z.string(),
  field: z.string().optional(),
  /** How often it was said, such as once for each workload; absent = once. */
  count: z.number().optional(),
});

/** @public */
export type PolicyVerdictView = z.infer<typeof policyVerdictSchema>;

/** What the API server said to a dry run. */
export const dryRunSchema = z.object({
  outcome: z.enum(['accepted', 'refused', 'unavailable']),
  /** The server's own words when refused or unavailable. */
  message: z.string().optional(),
  /** Path of the field that the server named. */
  field: z.string().optional(),
  warnings: z.array(z.string()),
});

/** How to make a change where a repository holds the object or its namespace. @public */
export const gitOpsHandoverSchema = z.object({
  /**
   * What tells that it is a repository's: marks on the object, the annotation of
   * its namespace, or the portal's configuration.
   */
  source: z.enum(['object', 'annotation', 'configuration']),
  /** Absent where nothing tells which it is. */
  tool: z.enum(['argocd', 'flux', 'helm']).optional(),
  /** The application, kustomization or release; absent when it is not noted. */
  name: z.string().optional(),
  /** For the tool's repository: without what marks an object as the portal's. */
  yaml: z.string(),
  /** Path of the Scaffolder's form, filled in; absent when none is configured. */
  scaffolderUrl: z.string().optional(),
});

/** @public */
export type GitOpsHandover = z.infer<typeof gitOpsHandoverSchema>;

/** How to make a change in an object that is not the portal's. @public */
export const handoverSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  /** The object as it is, with the change in it. */
  yaml: z.string(),
  /** The same as a command; refused if the object has changed by then. */
  command: z.string(),
});

/** @public */
export type Handover = z.infer<typeof handoverSchema>;

/** Whom a change of a namespace or of the mesh reaches. @public */
export const reachSchema = z.object({
  /** Workloads with a proxy in the namespace or the mesh. */
  workloads: z.number(),
  /** Those that would trace differently; the others have a setting of their own. */
  changed: z.number(),
  /** Namespaces of those that would. */
  namespaces: z.array(z.string()),
  /** Owners, in the catalog as the caller sees it, of those that would. */
  owners: z.array(z.string()),
  /** Those that would and that no entity visible to the caller stands for. */
  unowned: z.number(),
});

/** @public */
export type Reach = z.infer<typeof reachSchema>;

/** `POST …/sampling/preview`. @public */
export const previewResponseSchema = z.object({
  /** Binds the confirmation to exactly this; absent when it can't be applied. */
  token: z.string().optional(),
  /** RFC 3339. */
  tokenExpiresAt: z.string().optional(),
  action: z.enum(['create', 'update', 'none']),
  /** The exact Telemetry, as YAML that `kubectl apply` takes. */
  yaml: z.string(),
  /** The portal's current object, as YAML; absent when it will be created. */
  currentYaml: z.string().optional(),
  /** Of wide scopes at most 50, those that would change first; `reach` counts all. */
  changes: z.array(
    z.object({
      workload: workloadViewSchema,
      before: effectiveTracingSchema,
      after: effectiveTracingSchema,
      changedFields: z.array(z.string()),
      /** False for workloads that the user did not ask to change. */
      intended: z.boolean(),
    }),
  ),
  verdicts: z.array(policyVerdictSchema),
  /** By which claim the entity stands for the workload. */
  binding: bindingViewSchema.optional(),
  dryRun: dryRunSchema,
  findings: z.array(findingSchema),
  /** Present when the change belongs into a repository, so that it isn't written. */
  gitOps: gitOpsHandoverSchema.optional(),
  /** Present when the change belongs into an object of others. */
  handover: handoverSchema.optional(),
  /** Present for changes beyond one workload. */
  reach: reachSchema.optional(),
  /** What it does at the workload that the request names. */
  effect: samplingEffectSchema.optional(),
  /**
   * Traces per second before and after, of wide scopes the sum over those that would
   * change; null where it can't be estimated.
   */
  impact: z
    .object({
      requestsPerSecond: z.number(),
      /** At 95 % confidence, where only a sample of the traces was read. */
      requestsPerSecondBounds: z
        .object({ low: z.number(), high: z.number() })
        .optional(),
      tracesPerSecondBefore: z.number(),
      tracesPerSecondAfter: z.number(),
      spansPerSecondBefore: z.number(),
      spansPerSecondAfter: z.number(),
      bytesPerDayBefore: z.number(),
      bytesPerDayAfter: z.number(),
      /** How the numbers were obtained, for people. */
      assumption: z.string(),
    })
    .nullable(),
  /**
   * Why `impact` is null, one sentence, where that can be said: the caller's rights,
   * or that no requests begin where something would change.
   */
  impactWithheld: z.string().optional(),
});

/** @public */
export type PreviewResponse = z.infer<typeof previewResponseSchema>;

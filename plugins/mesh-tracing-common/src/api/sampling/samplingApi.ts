import { z } from 'zod';
import { visibleText } from '../../shared/visibleText';
import type { CustomTag } from '../../meshconfig';
import { MAX_REF_PART_LENGTH, type WorkloadRef } from '../../workloads';
import { bindingViewSchema } from '../bindingApi';
import { findingSchema } from '../findingSchema';
import { overrideScopeSchema } from './overrideScopeSchema';
import { samplingEffectSchema } from './samplingEffectSchema';
import { effectiveTracingSchema, overrideSchema } from '../tracingApi';
import { workloadRefSchema } from '../workloadRefSchema';
import { workloadViewSchema } from '../workloadsApi';

const tagText = z.string().min(1).max(4096);
const tagWithDefault = z.strictObject({
  name: tagText,
  defaultValue: z.string().max(4096).optional(),
});

/** Stricter than what a cluster may hold: what Istio's CRD calls required is. */
const requestTagSchema = (
  z.strictObject({
    literal: z.strictObject({ value: tagText }).optional(),
    environment: tagWithDefault.optional(),
    header: tagWithDefault.optional(),
    formatter: z.strictObject({ value: tagText }).optional(),
  }) satisfies z.ZodType<CustomTag>
).refine(tag => Object.values(tag).filter(Boolean).length === 1, {
  message: 'A custom tag needs exactly one kind',
});

/** A Kubernetes name has at most 253 characters; the kind and the cluster's name are shorter. */
const requestRefPart = z.string().max(MAX_REF_PART_LENGTH);
const requestRefSchema = z.strictObject({
  cluster: requestRefPart,
  namespace: requestRefPart,
  kind: requestRefPart,
  name: requestRefPart,
}) satisfies z.ZodType<WorkloadRef>;

/** Databases hold every character but NUL. */
const reasonSchema = z
  .string()
  .max(1000)
  .refine(text => !text.includes('\0'), {
    message: 'The reason must not hold the character NUL',
  })
  // It goes to the history, the auditor, notifications and an annotation.
  .overwrite(visibleText);

/** What the form holds: the wish of a user. @public */
export const overrideRequestSchema = z.strictObject({
  /** A workload of the entity; of wider changes it says in which namespace or cluster. */
  workload: requestRefSchema,
  /** How far it reaches: the workload (default), its namespace, its mesh. */
  scope: overrideScopeSchema.optional(),
  /** Percent, 0 to 100; null = leave sampling as inherited. */
  samplingPercent: z.number().min(0).max(100).nullable(),
  /** Absent = leave tags as inherited; present = replaces the inherited map. */
  customTags: z.record(z.string().min(1).max(256), requestTagSchema).optional(),
  disableSpanReporting: z.boolean().optional(),
  /** The proxy passes no trace headers on; absent = as inherited. */
  disableContextPropagation: z.boolean().optional(),
  /** Name of a provider; absent = keep the effective one. */
  provider: z.string().min(1).max(253).optional(),
  /** RFC 3339 with zone; null = permanent, where allowed. */
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
  reason: reasonSchema.optional(),
  /** The user consents to a selector that also matches these other workloads. */
  acceptOtherWorkloads: z.boolean().optional(),
});
/** @public */
export type OverrideRequest = z.infer<typeof overrideRequestSchema>;

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

/** Body of `PUT …/sampling/override`: the form and the token of its preview. @public */
export const applyRequestSchema = z.strictObject({
  override: overrideRequestSchema,
  token: z.string().max(8192),
  /** Same id = same request; a retry changes nothing twice. */
  requestId: z.uuid(),
  /** For scope `namespace` the namespace's name, for `mesh` the cluster's, as typed. */
  confirmScope: z.string().max(253).optional(),
});
/** @public */
export type ApplyRequest = z.infer<typeof applyRequestSchema>;

/** `PUT …/sampling/override`. @public */
export const applyResponseSchema = z.object({
  override: overrideSchema,
  warnings: z.array(z.string()),
});
/** @public */
export type ApplyResponse = z.infer<typeof applyResponseSchema>;

/** Body of `DELETE …/sampling/override`. @public */
export const revertRequestSchema = z.strictObject({
  workload: requestRefSchema,
  /** What the override is for: the workload (default), its namespace, its mesh. */
  scope: overrideScopeSchema.optional(),
  uid: z.string().max(100),
  resourceVersion: z.string().max(100),
  reason: reasonSchema.optional(),
});
/** @public */
export type RevertRequest = z.infer<typeof revertRequestSchema>;

/** `DELETE …/sampling/override`. */
export const revertResponseSchema = z.object({ reverted: z.literal(true) });

/** What an override sets, without what it is for and for how long. @public */
export const overrideSettingsSchema = overrideSchema.pick({
  samplingPercent: true,
  customTags: true,
  setsCustomTags: true,
  disableSpanReporting: true,
  disableContextPropagation: true,
  provider: true,
});
/** @public */
export type OverrideSettings = z.infer<typeof overrideSettingsSchema>;

/** One event of the history. @public */
export const historyEntrySchema = z.object({
  id: z.string(),
  /** RFC 3339. */
  at: z.string(),
  kind: z.enum([
    'apply',
    'revert',
    'expire',
    'extend',
    'outside-change',
    'outside-delete',
  ]),
  actor: z.string(),
  /** Owners for whom the actor acted; absent where it acted for itself. */
  onBehalfOf: z.array(z.string()).optional(),
  /** The entity from which it was changed; absent for one that the caller may not see. */
  entityRef: z.string().optional(),
  workload: workloadRefSchema,
  reason: z.string().optional(),
  expiresAt: z.string().optional(),
  /** YAML specs; absent = there was or is no override. */
  before: z.string().optional(),
  after: z.string().optional(),
  /** What was set, or had been set until then, to be applied again. */
  settings: overrideSettingsSchema.optional(),
  outcome: z.enum(['pending', 'succeeded', 'failed', 'superseded']),
  message: z.string().optional(),
});
/** @public */
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** Query of `GET /owned/history`. @public */
export const historyPageQuerySchema = z.object({
  /** `nextCursor` of the page before; absent = the newest. */
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
/** @public */
export type HistoryPageQuery = z.output<typeof historyPageQuerySchema>;

/** Query of `GET …/sampling/history`. @public */
export const historyQuerySchema = historyPageQuerySchema.extend({
  /** `namespace`: of other entities in the namespaces of its workloads too. */
  scope: z.enum(['entity', 'namespace']).optional(),
});
/** @public */
export type HistoryQuery = z.output<typeof historyQuerySchema>;

/** `GET …/sampling/history` and `GET /owned/history`: newest first. @public */
export const historyResponseSchema = z.object({
  /**
   * At most `limit`, 200 when it is absent. Fewer, even none, while there are
   * older ones: those of entities that the caller may not see are left out.
   */
  entries: z.array(historyEntrySchema),
  /** Leads to older ones; absent where there are none. */
  nextCursor: z.string().optional(),
});
/** @public */
export type HistoryResponse = z.infer<typeof historyResponseSchema>;

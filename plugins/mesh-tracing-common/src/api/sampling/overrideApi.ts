import { z } from 'zod';
import { visibleText } from '../../shared/visibleText';
import type { CustomTag } from '../../meshconfig';
import { MAX_REF_PART_LENGTH, type WorkloadRef } from '../../workloads';
import { overrideScopeSchema } from './overrideScopeSchema';
import { overrideSchema } from '../tracingApi';

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

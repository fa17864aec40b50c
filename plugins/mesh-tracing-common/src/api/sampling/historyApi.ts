import { z } from 'zod';
import { overrideSchema } from '../tracingApi';
import { workloadRefSchema } from '../workloadRefSchema';

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

import { z } from 'zod';
import { CLAIM_STRENGTHS } from '../workloads';
import { findingSchema } from './findingSchema';
import { workloadRefSchema } from './workloadRefSchema';

/** How an entity stands to one of its workloads. @public */
export const bindingViewSchema = z.object({
  workload: workloadRefSchema,
  /**
   * `holds`: it stands for the workload. `contested`: others claim it as strongly.
   * `weaker`: others hold it. `unconfirmed`: the claim does not count on this site.
   */
  state: z.enum(['holds', 'contested', 'weaker', 'unconfirmed']),
  claim: z.enum(CLAIM_STRENGTHS),
  /** One sentence: by which claim, and what follows. */
  explanation: z.string(),
  /** Entities that hold or contest it, as far as the caller may see them. */
  others: z.array(
    z.object({
      entityRef: z.string(),
      owners: z.array(z.string()),
      claim: z.enum(CLAIM_STRENGTHS),
    }),
  ),
  /** Whom the cluster names as owners; absent where it names nobody. */
  namedOwners: z.array(z.string()).optional(),
  /** Whether the caller sees traces of the workload through this entity. */
  tracesShown: z.boolean(),
  /** Whether the caller may change its sampling through this entity. */
  change: z.object({
    allowed: z.boolean(),
    /** One sentence; absent when allowed. */
    reason: z.string().optional(),
    /** Owners for whom the caller would act; absent where it acts for itself. */
    onBehalfOf: z.array(z.string()).optional(),
  }),
  /** One line for who has access to the cluster, which decides the matter. */
  command: z.string().optional(),
  findings: z.array(findingSchema),
});
/** @public */
export type BindingView = z.infer<typeof bindingViewSchema>;

import { z } from 'zod';

/**
 * What the proxies of a workload did with the configuration that istiod sent
 * them. A proxy that refuses a listener keeps its old one, and takes no later
 * change either until the cause is gone.
 * @public
 */
export const proxyAcceptanceSchema = z.object({
  /**
   * `accepted`: by all proxies. `pending`: sent and not acknowledged, or not
   * sent yet. `refused`: by at least one. `unknown`: istiod could not tell.
   */
  state: z.enum(['accepted', 'pending', 'refused', 'unknown']),
  /** Proxies that the workload has. */
  proxies: z.number(),
  accepted: z.number(),
  /** Those that have not acknowledged, the refusals first; at most 20. */
  behind: z.array(
    z.object({
      pod: z.string(),
      refused: z.boolean(),
      /** When istiod sent it, RFC 3339. */
      sentAt: z.string().optional(),
      /** Why the proxy refused, in its own words. */
      message: z.string().optional(),
    }),
  ),
  /** Why the state is `unknown`, one sentence. */
  message: z.string().optional(),
  /** Present where istiod did not answer, whatever workload it is about. */
  unanswered: z.literal(true).optional(),
});
/** @public */
export type ProxyAcceptance = z.infer<typeof proxyAcceptanceSchema>;

import { z } from 'zod';
import type { SamplingEffect } from './SamplingEffect';

/** What a change of tracing does at one workload. */
export const samplingEffectSchema = z.object({
  beforePercent: z.number(),
  afterPercent: z.number(),
  startedHere: z.enum([
    'unchanged',
    'more',
    'fewer',
    'none-start',
    'more-if-any',
    'fewer-if-any',
  ]),
  startedElsewhere: z.enum(['kept', 'decided-again', 'not-traced']),
  keptBeforePercent: z.number(),
  keptAfterPercent: z.number(),
  samplingWithoutEffect: z.boolean(),
  tags: z.enum(['unchanged', 'on-new-spans', 'not-shown']),
  seen: z
    .object({
      traces: z.number(),
      began: z.number(),
      complete: z.boolean(),
      isSample: z.boolean().optional(),
    })
    .nullable(),
  firstHops: z.array(
    z.object({
      service: z.string(),
      traces: z.number(),
      entityRef: z.string().optional(),
      ownerRefs: z.array(z.string()),
    }),
  ),
}) satisfies z.ZodType<SamplingEffect>;

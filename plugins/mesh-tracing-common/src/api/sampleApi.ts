import { z } from 'zod';
import type { SampleFacts } from '../traces';

/** How much is read for the statistics of a window. @public */
export const sampleLevelSchema = z.enum(['quick', 'normal', 'fine']);

/** What statistics were computed from. @public */
export const sampleFactsSchema = z.object({
  level: sampleLevelSchema,
  isExact: z.boolean(),
  sliceCount: z.number(),
  wholeSliceCount: z.number(),
  unreadSliceCount: z.number(),
  readTraceCount: z.number(),
  estimatedTraceCount: z.number(),
  readShare: z.number(),
  canRefine: z.boolean(),
}) satisfies z.ZodType<SampleFacts>;

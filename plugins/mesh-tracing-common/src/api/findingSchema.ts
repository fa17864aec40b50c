import { z } from 'zod';
import type { Finding } from '../shared/Finding';

export const findingSchema = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  what: z.string(),
  whatToDo: z.string(),
  resources: z.array(z.string()).optional(),
  link: z.string().optional(),
}) satisfies z.ZodType<Finding>;

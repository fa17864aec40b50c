import { z } from 'zod';

/** Identifies a workload over all clusters. */
export const workloadRefSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
});

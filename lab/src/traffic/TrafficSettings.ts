import { z } from 'zod';

/** Environment variable that brings the settings to the process. */
export const TRAFFIC_VARIABLE = 'LAB_TRAFFIC';

/** About what the whole mesh can serve on two cores. */
export const MAX_REQUESTS_PER_SECOND = 500;

/** Steady load: which addresses, how fast, how long. */
export const trafficSettingsSchema = z.object({
  urls: z.array(z.string().url()).min(1),
  requestsPerSecond: z.number().positive().max(MAX_REQUESTS_PER_SECOND),
  seconds: z.number().positive(),
});

/** Steady load: which addresses, how fast, how long. */
export type TrafficSettings = z.infer<typeof trafficSettingsSchema>;

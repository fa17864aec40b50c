import { z } from 'zod';

const serviceSchema = z.object({
  app: z.enum(['frontend', 'details', 'reviews', 'ratings']),
  version: z.string(),
  /** Where the service listens, behind its own Envoy. */
  host: z.string(),
  port: z.number(),
  /** Its own Envoy's outbound listener. */
  egressHost: z.string(),
  egressPort: z.number(),
});

/** Environment variable that brings the settings to the process. */
export const BOOKINFO_VARIABLE = 'LAB_BOOKINFO';

/** The services that one process serves. */
export const bookinfoSettingsSchema = z.array(serviceSchema);

/** One service of the sample application. */
export type BookinfoService = z.infer<typeof serviceSchema>;

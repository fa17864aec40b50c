import { z } from 'zod';

const LISTENER = 'type.googleapis.com/envoy.config.listener.v3.Listener';

const proxySchema = z.object({
  proxy: z.string(),
  listener_sent: z.string().optional(),
  listener_acked: z.string().optional(),
  resources: z
    .record(
      z.string(),
      z.object({
        sent: z.string().optional(),
        acked: z.string().optional(),
        sentTime: z.string().optional(),
        lastError: z.string().optional(),
      }),
    )
    .optional(),
});

/**
 * Which listener configuration istiod sent to one proxy, and which one the proxy
 * acknowledged, as nonces.
 */
export interface ListenerSync {
  sent?: string;
  acked?: string;
  sentAtMs?: number;
  /** Why the proxy rejected what was sent last; older versions of istiod do not say. */
  error?: string;
}

/**
 * What istiod's `/debug/syncz` says of listeners (LDS), by `pod.namespace`. A proxy's
 * tracing is part of its listeners, so only those can be rejected because of it.
 * Entries in an unknown form are left out.
 */
export function syncStatus(body: unknown): Map<string, ListenerSync> {
  const entries = Array.isArray(body) ? body : [];
  return new Map(
    entries.flatMap(entry => {
      const parsed = proxySchema.safeParse(entry);
      return parsed.success ? [[parsed.data.proxy, toSync(parsed.data)]] : [];
    }),
  );
}

function toSync(entry: z.infer<typeof proxySchema>): ListenerSync {
  const listener = entry.resources?.[LISTENER];
  const sent = listener?.sent ?? entry.listener_sent;
  // Where istiod does not tell the time, its nonce does: it begins with that of the
  // push.
  const sentAtMs = Date.parse(listener?.sentTime ?? sent?.split('/')[0] ?? '');
  return {
    sent,
    acked: listener?.acked ?? entry.listener_acked,
    ...(Number.isFinite(sentAtMs) && { sentAtMs }),
    ...(listener?.lastError && { error: listener.lastError }),
  };
}

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

/** Listeners of one proxy, as istiod sees them. */
export interface ListenerSync {
  sent?: string;
  acked?: string;
  sentAtMs?: number;
  /** Why the proxy refused what was sent last; older versions do not tell. */
  error?: string;
}

/**
 * What istiod's `/debug/syncz` says of listeners, by `pod.namespace`. Listeners
 * hold the tracing of a proxy, and they alone are what tracing can break.
 * Entries in a form that is not known are left out.
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
  // A nonce of istiod begins with the time of its push.
  const sentAtMs = Date.parse(listener?.sentTime ?? sent?.split('/')[0] ?? '');
  return {
    sent,
    acked: listener?.acked ?? entry.listener_acked,
    ...(Number.isFinite(sentAtMs) && { sentAtMs }),
    ...(listener?.lastError && { error: listener.lastError }),
  };
}

import { tracesReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from './RouterServices';
import { auditRead } from './auditRead';
import { registerRoute, type GuardedRouter } from './registerRoute';

/** Statistics over traces. */
export function latencyRoutes(
  router: GuardedRouter,
  { access, auditor, latency }: RouterServices,
): void {
  registerRoute(router, 'latency', async ({ request, query }) => {
    const context = await access.load(request, tracesReadPermission);
    const { entityRef } = context;
    return auditRead(
      auditor,
      { request, eventId: 'latency-read', meta: { entityRef } },
      () => latency.latency(context, query),
    );
  });
}

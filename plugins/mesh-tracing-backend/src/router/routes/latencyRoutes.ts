import type { RouterServices } from '../RouterServices';
import { auditRead } from '../../audit';
import { loadForTraces } from './loadForTraces';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Statistics over traces. */
export function latencyRoutes(
  router: GuardedRouter,
  services: RouterServices,
): void {
  const { auditor, latency } = services;
  registerRoute(router, 'latency', async ({ request, query }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    return auditRead(
      auditor,
      { request, eventId: 'latency-read', meta: { entityRef } },
      () => latency.latency(context, query),
    );
  });
}

import type { RouterServices } from '../RouterServices';
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
    return auditor.read('latency-read', { entityRef }, request, () =>
      latency.latency(context, query),
    );
  });
}

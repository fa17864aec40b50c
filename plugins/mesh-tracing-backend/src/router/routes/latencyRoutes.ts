import type { RouterServices } from '../RouterServices';
import { loadForTraces } from './loadForTraces';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Statistics over traces, and over all requests. */
export function latencyRoutes(
  router: GuardedRouter,
  services: RouterServices,
): void {
  const { auditor, latency, requests } = services;
  registerRoute(router, 'latency', async ({ request, query }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    return auditor.read('latency-read', { entityRef }, request, () =>
      latency.latency(context, query),
    );
  });
  registerRoute(router, 'requests', async ({ request, query }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    return auditor.read('requests-read', { entityRef }, request, () =>
      requests.requests(context, query),
    );
  });
  registerRoute(router, 'tracedRequests', async ({ request, query }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    return auditor.read('requests-read', { entityRef }, request, () =>
      requests.traced(context, query),
    );
  });
}

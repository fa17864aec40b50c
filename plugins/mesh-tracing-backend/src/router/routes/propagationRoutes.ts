import type { RouterServices } from '../RouterServices';
import { loadForTraces } from './loadForTraces';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Whether calls join the traces of the requests that they are made for. */
export function propagationRoutes(
  router: GuardedRouter,
  services: RouterServices,
): void {
  const { auditor, propagation } = services;
  registerRoute(router, 'propagation', async ({ request, query }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    return auditor.read('propagation-read', { entityRef }, request, () =>
      propagation.propagation(context, query),
    );
  });
}

import type { RouterServices } from '../RouterServices';
import { loadForTraces } from './loadForTraces';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Neighbours of the entity. */
export function dependenciesRoutes(
  router: GuardedRouter,
  services: RouterServices,
): void {
  const { auditor, dependencies } = services;
  registerRoute(router, 'dependencies', async ({ request, query }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    return auditor.read('dependencies-read', { entityRef }, request, () =>
      dependencies.dependencies(context, query),
    );
  });
}

import { tracesReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from './RouterServices';
import { auditRead } from './auditRead';
import { registerRoute, type GuardedRouter } from './registerRoute';

/** Neighbours of the entity. */
export function dependenciesRoutes(
  router: GuardedRouter,
  { access, auditor, dependencies }: RouterServices,
): void {
  registerRoute(router, 'dependencies', async ({ request, query }) => {
    const context = await access.load(request, tracesReadPermission);
    const { entityRef } = context;
    return auditRead(
      auditor,
      { request, eventId: 'dependencies-read', meta: { entityRef } },
      () => dependencies.dependencies(context, query),
    );
  });
}

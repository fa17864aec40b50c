import { tracesReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { Router } from 'express';
import type { RouterServices } from './RouterServices';
import { auditRead } from './auditRead';
import { registerRoute } from './registerRoute';

/** Neighbours of the entity. */
export function dependenciesRoutes(
  router: Router,
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

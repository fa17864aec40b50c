import { samplingReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { Router } from 'express';
import type { RouterServices } from './RouterServices';
import { registerRoute } from './registerRoute';

/** What the entity is in the mesh. */
export function workloadsRoutes(
  router: Router,
  { access, workloads }: RouterServices,
): void {
  registerRoute(router, 'workloads', async ({ request }) =>
    workloads.workloads(await access.load(request, samplingReadPermission)),
  );
}

import { samplingReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** What the entity is in the mesh. */
export function workloadsRoutes(
  router: GuardedRouter,
  { access, answers, workloads }: RouterServices,
): void {
  registerRoute(router, 'workloads', async ({ request }) => {
    const context = await access.load(request, samplingReadPermission);
    const [bindings, withheldNames] = await Promise.all([
      answers.bindings(context),
      access.withheldNames(context),
    ]);
    return workloads.workloads(context, { bindings, withheldNames });
  });
}

import { samplingReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** What pasted configuration would do, for whoever may read effective tracing. */
export function yamlCheckRoutes(
  router: GuardedRouter,
  { access, yamlCheck }: RouterServices,
): void {
  registerRoute(router, 'yamlCheck', async ({ request, body }) => {
    const context = await access.load(request, samplingReadPermission);
    return yamlCheck.check(context, body.text);
  });
}

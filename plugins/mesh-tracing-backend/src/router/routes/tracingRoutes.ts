import { samplingReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Effective tracing; asks no trace store, so that it works without one. */
export function tracingRoutes(
  router: GuardedRouter,
  { access, answers, callers, tracing }: RouterServices,
): void {
  registerRoute(router, 'tracing', async ({ request }) => {
    const context = await access.load(request, samplingReadPermission);
    return tracing.tracing(context, {
      access: await answers.scopes(context),
      bindings: await answers.bindings(context),
      readable: refs => callers.readableRefs(context, refs),
    });
  });
}

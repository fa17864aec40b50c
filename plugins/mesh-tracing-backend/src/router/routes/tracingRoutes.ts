import { samplingReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Effective tracing; asks no trace store, so that it works without one. */
export function tracingRoutes(
  router: GuardedRouter,
  { access, callers, tracing }: RouterServices,
): void {
  registerRoute(router, 'tracing', async ({ request }) => {
    const context = await access.load(request, samplingReadPermission);
    const scopes = await access.scopeAccess(context);
    return tracing.tracing(context, {
      access: scopes,
      bindings: await access.bindings(context, scopes),
      readable: refs => callers.readableRefs(context, refs),
    });
  });
}

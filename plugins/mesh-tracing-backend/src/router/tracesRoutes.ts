import { tracesReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from './RouterServices';
import { auditRead } from './auditRead';
import { JsonPieces, registerRoute, type GuardedRouter } from './registerRoute';
import { traceJsonPieces } from './traceJsonPieces';

/** Search for traces, and one trace. */
export function tracesRoutes(
  router: GuardedRouter,
  { access, auditor, traces }: RouterServices,
): void {
  registerRoute(router, 'traces', async ({ request, query }) => {
    const context = await access.load(request, tracesReadPermission);
    const { entityRef } = context;
    return auditRead(
      auditor,
      { request, eventId: 'trace-search', meta: { entityRef } },
      () => traces.search(context, query),
    );
  });

  registerRoute(router, 'trace', async ({ request, query }) => {
    const context = await access.load(request, tracesReadPermission);
    const { entityRef } = context;
    const { traceId = '' } = request.params;
    const answer = await auditRead(
      auditor,
      { request, eventId: 'trace-read', meta: { entityRef, traceId } },
      () => traces.trace(context, traceId, query),
    );
    return new JsonPieces(traceJsonPieces(answer));
  });
}

import type { RouterServices } from '../RouterServices';
import { loadForTraces } from './loadForTraces';
import {
  JsonPieces,
  registerRoute,
  type GuardedRouter,
} from '../registerRoute';
import { NDJSON, traceJsonLines, traceJsonPieces } from './traceJsonPieces';

/** Search for traces, and one trace. */
export function tracesRoutes(
  router: GuardedRouter,
  services: RouterServices,
): void {
  const { auditor, traces } = services;
  registerRoute(router, 'traces', async ({ request, query }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    return auditor.read('trace-search', { entityRef }, request, () =>
      traces.search(context, query),
    );
  });

  registerRoute(router, 'trace', async ({ request, query }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    const { traceId = '' } = request.params;
    const answer = await auditor.read(
      'trace-read',
      { entityRef, traceId },
      request,
      () => traces.trace(context, traceId, query),
    );
    return request.accepts(['application/json', NDJSON]) === NDJSON
      ? new JsonPieces(traceJsonLines(answer), NDJSON)
      : new JsonPieces(traceJsonPieces(answer));
  });
}

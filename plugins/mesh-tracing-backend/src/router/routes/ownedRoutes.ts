import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/**
 * The entities that the caller owns with their sampling, and the history of its
 * changes.
 */
export function ownedRoutes(
  router: GuardedRouter,
  { callers, owned, sampling }: RouterServices,
): void {
  registerRoute(router, 'owned', async ({ request, query }) =>
    owned.owned(await callers.load(request), query.owner),
  );

  registerRoute(router, 'ownedHistory', async ({ request, query }) => {
    const caller = await callers.load(request);
    return sampling.historyOf(await owned.subjects(caller), query, refs =>
      callers.readableRefs(caller, refs),
    );
  });
}

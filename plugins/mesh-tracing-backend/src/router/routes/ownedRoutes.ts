import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Everything that the caller owns, and what happened to it. */
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

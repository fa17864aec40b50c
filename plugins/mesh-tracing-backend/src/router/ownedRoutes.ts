import type { Router } from 'express';
import type { RouterServices } from './RouterServices';
import { registerRoute } from './registerRoute';

/** Everything that the caller owns. */
export function ownedRoutes(
  router: Router,
  { callers, owned }: RouterServices,
): void {
  registerRoute(router, 'owned', async ({ request, query }) =>
    owned.owned(await callers.load(request), query.owner),
  );
}

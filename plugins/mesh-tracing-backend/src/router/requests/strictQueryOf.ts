import { apiRoutes, type ApiRoute } from 'backstage-plugin-mesh-tracing-common';
import { z } from 'zod';

/**
 * Schemas of queries by route, made once. A schema becomes fast at its first use,
 * which is here, so that the first request does not wait for it.
 */
const schemas = new Map<ApiRoute, z.ZodObject>(
  Object.values<ApiRoute>(apiRoutes).map(route => {
    const query = (route.query ?? z.object({})).strict();
    query.safeParse({});
    route.body?.safeParse({});
    return [route, query] as const;
  }),
);

/** The schema of a route's query, which knows no further parameters. */
export function strictQueryOf(route: ApiRoute): z.ZodObject {
  const known = schemas.get(route);
  if (!known) {
    throw new Error(`${route.path} is no route of the contract`);
  }
  return known;
}

import { apiRoutes, type ApiRoute } from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';

/** A route of the contract, and what a request's path says in its places. */
export interface RequestedRoute {
  route: ApiRoute;
  /** As they came: still percent-encoded. */
  pathParameters: Record<string, string>;
}

const routes = Object.values<ApiRoute>(apiRoutes).map(route => ({
  route,
  parts: route.path.split('/'),
}));

/** `{name}` of a part that stands for something; undefined of a fixed one. */
function placeOf(part: string): string | undefined {
  return part.startsWith('{') && part.endsWith('}')
    ? part.slice(1, -1)
    : undefined;
}

/** The route of the contract that a request is for; undefined if there is none. */
export function routeOf(
  request: Pick<Request, 'method' | 'path'>,
): RequestedRoute | undefined {
  const method = request.method.toLowerCase();
  const given = request.path.split('/');
  const found = routes.find(
    ({ route, parts }) =>
      route.method === method &&
      parts.length === given.length &&
      parts.every((part, at) =>
        placeOf(part) ? given[at] !== '' : part === given[at],
      ),
  );
  return (
    found && {
      route: found.route,
      pathParameters: Object.fromEntries(
        found.parts.flatMap((part, at) => {
          const place = placeOf(part);
          return place ? [[place, given[at] ?? '']] : [];
        }),
      ),
    }
  );
}

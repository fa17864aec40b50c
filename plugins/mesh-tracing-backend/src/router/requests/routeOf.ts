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
  parts: route.path
    .split('/')
    .map(part => (placeOf(part) ? part : part.toLowerCase())),
}));

/** `{name}` of a part that stands for something; undefined of a fixed one. */
function placeOf(part: string): string | undefined {
  return part.startsWith('{') && part.endsWith('}')
    ? part.slice(1, -1)
    : undefined;
}

/** Express takes a slash at the end for none. */
function withoutLastSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

/**
 * The route of the contract that a request is for; undefined if there is none.
 * Matches as loosely as Express does, so that no spelling of a path goes round
 * what is checked by it: without regard to case, and to a slash at the end.
 */
export function routeOf(
  request: Pick<Request, 'method' | 'path'>,
): RequestedRoute | undefined {
  const asked = request.method.toLowerCase();
  // Express answers HEAD by the handler of GET.
  const method = asked === 'head' ? 'get' : asked;
  const given = withoutLastSlash(request.path).split('/');
  const found = routes.find(
    ({ route, parts }) =>
      route.method === method &&
      parts.length === given.length &&
      parts.every((part, at) =>
        placeOf(part) ? given[at] !== '' : part === given[at]?.toLowerCase(),
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

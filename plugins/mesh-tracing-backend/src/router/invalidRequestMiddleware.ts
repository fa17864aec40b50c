import { apiRoutes, type ApiRoute } from 'backstage-plugin-mesh-tracing-common';
import type { ErrorRequestHandler, Request } from 'express';
import { invalid } from './validate';

const routes = Object.values<ApiRoute>(apiRoutes).map(route => ({
  route,
  pattern: new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`),
}));

function routeOf(request: Request): ApiRoute | undefined {
  return routes.find(
    ({ route, pattern }) =>
      route.method === request.method.toLowerCase() &&
      pattern.test(request.path),
  )?.route;
}

/**
 * Puts a better message on what the OpenAPI document refused: the schema that
 * the document was made from knows which field it was.
 */
export function invalidRequestMiddleware(): ErrorRequestHandler {
  return (error: unknown, request, _response, next) => {
    const route = routeOf(request);
    const query = route?.query?.strict().safeParse(request.query);
    const body = route?.body?.safeParse(request.body);
    if (query?.error) {
      next(invalid(query.error, 'query'));
    } else if (body?.error && request.body !== undefined) {
      next(invalid(body.error, 'body'));
    } else {
      next(error);
    }
  };
}

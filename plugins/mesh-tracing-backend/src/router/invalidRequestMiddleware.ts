import type { ErrorRequestHandler, Request } from 'express';
import { earlyRefusalOf } from './readRequest';
import { routeOf } from './routeOf';
import { invalidBySchema } from './validate';

/** The first that is wrong in a request; undefined where only the document objects. */
function refusalOf(request: Request): Error | undefined {
  const early = earlyRefusalOf(request);
  if (early) {
    return early;
  }
  const route = routeOf(request)?.route;
  const query = route?.query?.strict().safeParse(request.query);
  if (query?.error) {
    return invalidBySchema(query.error, 'query');
  }
  const body = route?.body?.safeParse(request.body);
  return body?.error && invalidBySchema(body.error, 'body');
}

/**
 * Puts a better message on what the OpenAPI document refused: the schema that
 * the document was made from knows which field it was, and the
 * reader of the request why it was refused before.
 */
export function invalidRequestMiddleware(): ErrorRequestHandler {
  return (error: unknown, request, _response, next) => {
    next(refusalOf(request) ?? error);
  };
}

import type { ErrorRequestHandler, Request } from 'express';
import { pathRefusal } from './pathRefusal';
import { bodyRefusalOf } from './readBody';
import { routeOf } from './routeOf';
import { invalid } from './validate';

/** The first that is wrong in a request; undefined where only the document objects. */
function refusalOf(request: Request): Error | undefined {
  const requested = routeOf(request);
  const path = requested && pathRefusal(requested.pathParameters);
  const unread = bodyRefusalOf(request);
  if (path ?? unread) {
    return path ?? unread;
  }
  const query = requested?.route.query?.strict().safeParse(request.query);
  if (query?.error) {
    return invalid(query.error, 'query');
  }
  const body = requested?.route.body?.safeParse(request.body);
  return body?.error && invalid(body.error, 'body');
}

/**
 * Puts a better message on what the OpenAPI document refused: the schema that
 * the document was made from knows which field it was, and the reader of the
 * body why it did not read it.
 */
export function invalidRequestMiddleware(): ErrorRequestHandler {
  return (error: unknown, request, _response, next) => {
    next(refusalOf(request) ?? error);
  };
}

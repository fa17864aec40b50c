import type { Request, RequestHandler } from 'express';
import { pathRefusal } from './pathRefusal';
import { readBody } from './readBody';
import { routeOf } from './routeOf';
import { strictQueryOf } from './strictQueryOf';
import { invalidBySchema } from './validate';

const refusals = new WeakMap<Request, Error>();

/** Why a request was refused before it was validated; undefined if it was not. */
export function earlyRefusalOf(request: Request): Error | undefined {
  return refusals.get(request);
}

/** What is wrong with path and query; undefined where nothing is. */
function refusalOf(request: Request): Error | undefined {
  const requested = routeOf(request);
  if (!requested) {
    return undefined;
  }
  const { pathParameters, route } = requested;
  const query = strictQueryOf(route).safeParse(request.query);
  return (
    pathRefusal(pathParameters) ??
    (query.error && invalidBySchema(query.error, 'query'))
  );
}

/** What is wrong with a body that was read. */
function bodyRefusalOf(request: Request): Error | undefined {
  const body = routeOf(request)?.route.body?.safeParse(request.body);
  return body?.error && invalidBySchema(body.error, 'body');
}

/**
 * Reads a request and judges it by the schemas that the OpenAPI document is made
 * from, which know the field. The router that validates by the document comes
 * after it: that takes parameters with brackets in their names away, and makes
 * every failure before it a bare text, so {@link earlyRefusalOf} keeps the refusal.
 */
export function readRequest(): RequestHandler {
  return async (request, response, next) => {
    try {
      const refusal = refusalOf(request);
      if (refusal) {
        throw refusal;
      }
      await readBody(request, response);
      next(noted(request, bodyRefusalOf(request)));
    } catch (error) {
      next(noted(request, error as Error));
    }
  };
}

function noted(request: Request, refusal: Error | undefined) {
  if (refusal) {
    refusals.set(request, refusal);
  }
  return refusal;
}

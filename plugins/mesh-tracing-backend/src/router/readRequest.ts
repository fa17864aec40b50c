import type { Request, RequestHandler } from 'express';
import { pathRefusal } from './pathRefusal';
import { readBody } from './readBody';
import { routeOf } from './routeOf';
import { invalid } from './validate';

const refusals = new WeakMap<Request, Error>();

/** Why a request was refused before it was validated; undefined if it was not. */
export function earlyRefusalOf(request: Request): Error | undefined {
  return refusals.get(request);
}

/** What is wrong with path and names of parameters; undefined where nothing is. */
function refusalOf(request: Request): Error | undefined {
  const requested = routeOf(request);
  if (!requested) {
    return undefined;
  }
  const { pathParameters, route } = requested;
  const unknown = Object.keys(request.query).find(
    key => !Object.hasOwn(route.query?.shape ?? {}, key),
  );
  return (
    pathRefusal(pathParameters) ??
    (unknown === undefined
      ? undefined
      : invalid([unknown], 'There is no such parameter', 'query'))
  );
}

/**
 * Reads the JSON of a request, and refuses what the router that validates by the
 * OpenAPI document can't: it takes parameters with brackets in their names away,
 * and makes every failure before it a bare text. {@link earlyRefusalOf} keeps
 * the refusal.
 */
export function readRequest(): RequestHandler {
  return async (request, response, next) => {
    try {
      const refusal = refusalOf(request);
      if (refusal) {
        throw refusal;
      }
      await readBody(request, response);
      next();
    } catch (error) {
      refusals.set(request, error as Error);
      next(error);
    }
  };
}

import {
  pathParameterSchemas,
  type ApiRoute,
} from 'backstage-plugin-mesh-tracing-common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { readBody } from './readBody';
import { invalid, validate } from './validate';

/** Query and body of a request, typed by the schemas of its route. */
export interface ReadRequest {
  /** Undefined where the route has none, as is the body. */
  query: unknown;
  body: unknown;
}

/**
 * Makes what reads the requests of one route, and judges each once: the path, the
 * query, which may have no further parameters, and the body.
 *
 * @returns throws InputError for what is wrong, naming the first field
 */
export function requestReader(
  route: ApiRoute,
): (request: Request, response: Response) => Promise<ReadRequest> {
  const path = z.object(pathParameterSchemas).partial();
  const query = (route.query ?? z.object({})).strict();
  // A schema becomes fast at its first use, which shall not be the first request.
  path.safeParse({});
  query.safeParse({});
  route.body?.safeParse({});
  return async (request, response) => {
    validate(path, request.params, 'path');
    const parameters = validate(query, request.query, 'query');
    requireSingleValues(request.query, parameters);
    return {
      query: route.query && parameters,
      body:
        route.body &&
        validate(route.body, await readBody(request, response), 'body'),
    };
  };
}

/**
 * An empty text or a list of one would be read as a number.
 *
 * @param read - the same as the schema made it
 */
function requireSingleValues(
  given: Request['query'],
  read: Record<string, unknown>,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === '') {
      throw invalid('query', name, 'Is empty; give it a value or leave it out');
    }
    if (typeof value === 'object' && typeof read[name] !== 'object') {
      throw invalid('query', name, 'Is given as a list; give it one value');
    }
  }
}

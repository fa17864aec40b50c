import {
  pathParameterSchemas,
  type ApiRoute,
} from 'backstage-plugin-mesh-tracing-common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { bodyReader } from './readBody';
import { invalid, validate } from './validate';

/** Query and body of a request, typed by the schemas of its route. */
export interface ReadRequest {
  /** Undefined where the route has no query; the same goes for the body. */
  query: unknown;
  body: unknown;
}

/**
 * Makes the function that reads the requests of one route and validates each once:
 * the path, the query, which may have no unknown parameters, and the body.
 *
 * @returns a function that throws InputError, which names the first wrong field
 */
export function requestReader(
  route: ApiRoute,
): (request: Request, response: Response) => Promise<ReadRequest> {
  const path = z.object(pathParameterSchemas).partial();
  const query = (route.query ?? z.object({})).strict();
  // zod compiles a schema at its first use; done here, the first request need not wait.
  path.safeParse({});
  query.safeParse({});
  route.body?.safeParse({});
  const readBody = bodyReader(route.maxBodyBytes);
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
 * Refuses an empty parameter, and a list where the schema reads a single value: its
 * coercion would turn an empty text, or a list of one, into a number.
 *
 * @param read - the query as the schema read it
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

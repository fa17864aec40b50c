import { isError } from '@backstage/errors';
import { apiRoutes, type ApiRoute } from 'backstage-plugin-mesh-tracing-common';
import type { ErrorRequestHandler } from 'express';
import { invalid } from './validate';

/** Names of path parameters by their position, which is the same in all routes. */
const placeAt = new Map<number, string>(
  Object.values<ApiRoute>(apiRoutes).flatMap(({ path }) =>
    path.split('/').flatMap((part, at): Array<[number, string]> => {
      const [, place] = /^\{(\w+)\}$/.exec(part) ?? [];
      return place === undefined ? [] : [[at, place]];
    }),
  ),
);

/**
 * Names the part of a path that Express could not decode. Express fails before any
 * route gets the request, with an error that does not name the parameter.
 */
export function undecodablePathMiddleware(): ErrorRequestHandler {
  return (error: unknown, request, _response, next) => {
    const at =
      isError(error) && error.name === 'URIError'
        ? request.path.split('/').findIndex(part => !isDecodable(part))
        : -1;
    next(
      at < 0
        ? error
        : invalid(
            'path',
            placeAt.get(at) ?? '',
            'is not percent-encoded UTF-8',
          ),
    );
  };
}

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

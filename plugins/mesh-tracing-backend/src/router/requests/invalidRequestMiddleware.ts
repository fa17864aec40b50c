import type { ErrorRequestHandler } from 'express';
import { earlyRefusalOf } from './readRequest';

/**
 * Gives back the refusal of a request that was wrong before the OpenAPI document
 * was asked, in the place of the text that the validating router made of it.
 */
export function invalidRequestMiddleware(): ErrorRequestHandler {
  return (error: unknown, request, _response, next) => {
    next(earlyRefusalOf(request) ?? error);
  };
}

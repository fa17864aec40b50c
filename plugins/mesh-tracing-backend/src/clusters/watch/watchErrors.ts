import { ApiServerError } from '../api/ApiServerError';
import { hasStatus } from './listResource';

const FORBIDDEN = 403;
const NOT_FOUND = 404;
/** Refusals that say nothing about the resource version. */
const KEEPS_VERSION = new Set([401, FORBIDDEN, 429, 503]);

/** Whatever was thrown, as an ApiServerError. */
export function toApiServerError(error: unknown): ApiServerError {
  return error instanceof ApiServerError
    ? error
    : new ApiServerError('unexpected', 'the answer could not be understood');
}

/** Whether the connection failed rather than the request. */
export function isBrokenConnection(error: unknown): boolean {
  return (
    error instanceof ApiServerError &&
    ['unreachable', 'timeout'].includes(error.kind)
  );
}

/** Whether nothing was heard for too long. */
export function isSilence(error: unknown): boolean {
  return error instanceof ApiServerError && error.kind === 'timeout';
}

/** Waiting a little does not help against these. */
export function isRefusal(error: ApiServerError | undefined): boolean {
  return hasStatus(error, FORBIDDEN) || hasStatus(error, NOT_FOUND);
}

/** Whether the resource version is no ground to go on from. */
export function needsNewList(error: ApiServerError): boolean {
  return (
    error.kind === 'unexpected' ||
    (error.kind === 'refused' && !KEEPS_VERSION.has(error.statusCode ?? 0))
  );
}

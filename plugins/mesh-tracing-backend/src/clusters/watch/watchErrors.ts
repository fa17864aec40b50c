import { ApiServerError } from '../api/ApiServerError';
import { hasStatus } from './listResource';

const FORBIDDEN = 403;
const NOT_FOUND = 404;
/** Statuses that say nothing about the resource version: a watch may go on from it. */
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

/** Whether the request ended since nothing was heard for too long. */
export function isSilence(error: unknown): boolean {
  return error instanceof ApiServerError && error.kind === 'timeout';
}

/**
 * Whether the API server does not allow the resource or does not have it. That
 * lasts until somebody changes the cluster, so it is asked again only rarely.
 */
export function isRefusal(error: ApiServerError | undefined): boolean {
  return hasStatus(error, FORBIDDEN) || hasStatus(error, NOT_FOUND);
}

/**
 * Whether the next watch can not go on from the resource version, so that it needs a
 * list.
 */
export function needsNewList(error: ApiServerError): boolean {
  return (
    error.kind === 'unexpected' ||
    (error.kind === 'refused' && !KEEPS_VERSION.has(error.statusCode ?? 0))
  );
}

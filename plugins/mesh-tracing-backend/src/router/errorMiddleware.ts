import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  errorDetailsSchema,
  shortened,
  type ErrorDetails,
} from 'backstage-plugin-mesh-tracing-common';
import type { ErrorRequestHandler } from 'express';
import { TooManyReadsError } from './turns/TooManyReadsError';
import { sanitizeMessage } from '../shared/sanitizeMessage';

/**
 * Names of errors whose message is written for the person who gets it; others stay in
 * the log.
 */
const FOR_PEOPLE = new Set([
  'InputError',
  'AuthenticationError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
  'ServiceUnavailableError',
  'TooManyReadsError',
]);

/** Longest part of a request's URL that an answer repeats, in characters. */
const MAX_URL_LENGTH = 200;
/** Longest name of a system or field in the details, in characters. */
const MAX_NAME_LENGTH = 200;

interface PublicError extends Error {
  /** Set where Backstage's error handler does not derive the status from the name. */
  statusCode?: number;
  meshTracing?: ErrorDetails;
}

function detailsOf(error: unknown): ErrorDetails | undefined {
  const details = (error as { meshTracing?: unknown } | undefined)?.meshTracing;
  const known = errorDetailsSchema.safeParse(details).data;
  return (
    known && {
      ...known,
      ...(known.systemName && {
        systemName: shortened(known.systemName, MAX_NAME_LENGTH),
      }),
      ...(known.field && { field: shortened(known.field, MAX_NAME_LENGTH) }),
      ...(known.whatToDo && { whatToDo: sanitizeMessage(known.whatToDo) }),
    }
  );
}

/**
 * The status of a refused body: 413 or 415, which no error of `@backstage/errors`
 * stands for.
 */
function statusOf(error: object): number | undefined {
  const { statusCode } = error as { statusCode?: unknown };
  return statusCode === 413 || statusCode === 415 ? statusCode : undefined;
}

function publicError(
  name: string,
  message: string,
  details: ErrorDetails | undefined,
): PublicError {
  const error: PublicError = new Error(message);
  error.name = name;
  // In development Backstage sends stacks to the browser; this one shows no code.
  error.stack = `${name}: ${message}`;
  if (details) {
    error.meshTracing = details;
  }
  return error;
}

/** The part of an error that may leave the portal. */
function toPublicError(error: unknown): PublicError {
  const details = detailsOf(error);
  if (!isError(error) || !FOR_PEOPLE.has(error.name)) {
    return publicError(
      'InternalError',
      'Mesh Tracing failed in a way it did not expect; nothing of it is shown here',
      details ?? {
        system: 'portal',
        whatToDo:
          'Try again; if it stays, ask your platform team, whose log has the cause.',
      },
    );
  }
  const visible = publicError(
    error.name,
    sanitizeMessage(error.message),
    details,
  );
  const statusCode = statusOf(error);
  return statusCode ? Object.assign(visible, { statusCode }) : visible;
}

/**
 * Last of the plugin's own middleware. The framework's error handler serialises
 * an error with all of its fields and causes; this hands it one that holds only
 * name, message and {@link ErrorDetails}, and logs the original.
 */
export function errorMiddleware(logger: LoggerService): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const visible = toPublicError(error);
    if (error instanceof TooManyReadsError) {
      visible.statusCode = error.statusCode;
      response.set('retry-after', String(error.retryAfterSeconds));
    }
    if (
      visible.name === 'InternalError' ||
      visible.name === 'ServiceUnavailableError'
    ) {
      logger.warn(
        `${request.method} ${request.path} failed: ${visible.message}`,
        isError(error) ? error : new Error(String(error)),
      );
    }
    // Backstage's error handler repeats the URL in its answer.
    request.url = shortened(request.url, MAX_URL_LENGTH);
    next(visible);
  };
}

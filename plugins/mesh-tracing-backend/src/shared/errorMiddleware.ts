import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  errorDetailsSchema,
  type ErrorDetails,
} from 'backstage-plugin-mesh-tracing-common';
import type { ErrorRequestHandler } from 'express';
import { TooManyReadsError } from './TooManyReadsError';
import { sanitizeMessage } from './sanitizeMessage';

/** Errors whose message was written for the person who gets it. */
const FOR_PEOPLE = new Set([
  'InputError',
  'AuthenticationError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
  'ServiceUnavailableError',
  'TooManyReadsError',
]);

interface PublicError extends Error {
  /** Where the name of the error tells the framework none. */
  statusCode?: number;
  meshTracing?: ErrorDetails;
}

function detailsOf(error: unknown): ErrorDetails | undefined {
  const details = (error as { meshTracing?: unknown } | undefined)?.meshTracing;
  return errorDetailsSchema.safeParse(details).data;
}

function publicError(
  name: string,
  message: string,
  details: ErrorDetails | undefined,
): PublicError {
  const error: PublicError = new Error(message);
  error.name = name;
  // In development the framework sends stacks, and this one leads nowhere.
  error.stack = `${name}: ${message}`;
  if (details) {
    error.meshTracing = details;
  }
  return error;
}

/** What of an error may leave the portal. */
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
  return publicError(
    error.name,
    sanitizeMessage(error.message),
    details && {
      ...details,
      ...(details.whatToDo
        ? { whatToDo: sanitizeMessage(details.whatToDo) }
        : {}),
    },
  );
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
    next(visible);
  };
}

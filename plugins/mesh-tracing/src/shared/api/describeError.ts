import type { ResponseError } from '@backstage/errors';
import type { ErrorDetails } from 'backstage-plugin-mesh-tracing-common';

/** What a view needs to know of a failed request. */
export interface DescribedError {
  /** HTTP status; absent when no answer arrived. */
  status?: number;
  /** The server's own words, or those of the browser. */
  message: string;
  details?: ErrorDetails;
}

/** Reads status, message and details out of whatever a request threw. */
export function describeError(error: unknown): DescribedError {
  if (isResponseError(error)) {
    const body = error.body.error as { meshTracing?: ErrorDetails } | undefined;
    return {
      status: error.statusCode,
      message: error.cause.message || error.message,
      details: body?.meshTracing,
    };
  }
  return { message: error instanceof Error ? error.message : String(error) };
}

/** Known by its name, since a page may hold several copies of the class. */
function isResponseError(error: unknown): error is ResponseError {
  return error instanceof Error && error.name === 'ResponseError';
}

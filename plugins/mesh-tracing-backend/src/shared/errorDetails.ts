import type { ErrorDetails } from 'backstage-plugin-mesh-tracing-common';

/** An error that says which system failed and what to do. */
export interface DetailedError extends Error {
  meshTracing: ErrorDetails;
}

/**
 * Attaches the machine-readable part of an error. It travels in
 * `error.meshTracing` of the HTTP error body, so nothing secret belongs in it.
 */
export function withErrorDetails<T extends Error>(
  error: T,
  details: ErrorDetails,
): T & DetailedError {
  return Object.assign(error, { meshTracing: details });
}

/** The details of an error, if it has any. */
export function errorDetailsOf(error: unknown): ErrorDetails | undefined {
  return error instanceof Error && 'meshTracing' in error
    ? (error as DetailedError).meshTracing
    : undefined;
}

import {
  InputError,
  ServiceUnavailableError,
  isError,
} from '@backstage/errors';
import type { ErrorDetails } from 'backstage-plugin-mesh-tracing-common';
import type { TraceStore } from 'backstage-plugin-mesh-tracing-node';
import { errorDetailsOf, withErrorDetails } from '../shared/errorDetails';
import { withHiddenCause } from '../shared/withHiddenCause';

/**
 * Runs a call of a trace store; its failure names the store and what to do.
 *
 * @param signal - of who waits for the answer
 * @throws the reason of the signal when it is aborted; InputError for a query that the store refuses; else
 *   ServiceUnavailableError, also when the store refuses the portal's own
 *   credentials: that is no fault of the caller.
 */
export async function callTraceStore<T>(
  store: TraceStore,
  call: (store: TraceStore) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await call(store);
  } catch (cause) {
    signal?.throwIfAborted();
    throw traceStoreError(store.name, cause);
  }
}

function traceStoreError(name: string, cause: unknown): Error {
  const { error, whatToDo } = describe(name, cause);
  const details: ErrorDetails = {
    whatToDo,
    ...errorDetailsOf(cause),
    system: 'trace-store',
    systemName: name,
  };
  return withErrorDetails(withHiddenCause(error, cause), details);
}

function describe(
  name: string,
  cause: unknown,
): { error: Error; whatToDo: string } {
  const message = isError(cause) ? cause.message : '';
  switch (isError(cause) ? cause.name : '') {
    case 'InputError':
      return {
        error: new InputError(message),
        whatToDo: 'Change the filters of the search.',
      };
    case 'NotAllowedError':
    case 'AuthenticationError':
      return {
        error: new ServiceUnavailableError(
          `Trace store '${name}' refuses the portal's credentials`,
        ),
        whatToDo: `Ask your platform team to check meshTracing.traceStores, auth of '${name}'.`,
      };
    case 'ServiceUnavailableError':
      return {
        error: new ServiceUnavailableError(message),
        whatToDo: `Try again; if it stays, ask your platform team to look at trace store '${name}'.`,
      };
    default:
      return {
        error: new ServiceUnavailableError(
          `Trace store '${name}' could not be read`,
        ),
        whatToDo: `Try again; if it stays, ask your platform team to look at trace store '${name}'.`,
      };
  }
}

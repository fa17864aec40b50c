import {
  InputError,
  ServiceUnavailableError,
  isError,
} from '@backstage/errors';
import { withErrorDetails } from './errorDetails';
import { withHiddenCause } from './withHiddenCause';

/** Names of errors that are the caller's own, and so are passed on as they are. */
const CALLERS_FAULT = new Set([
  'AuthenticationError',
  'NotAllowedError',
  'NotFoundError',
  'InputError',
]);

/**
 * Whether the catalog answered 400, as it does to a name that no entity can have, such
 * as one with an emoji.
 */
function isRefusal(error: unknown): boolean {
  return (
    isError(error) && error.name === 'ResponseError' && error.statusCode === 400
  );
}

/**
 * Runs a call of the catalog, and says so when the catalog is what failed.
 *
 * @throws InputError when the catalog refuses what it was asked for;
 *   ServiceUnavailableError when the catalog does not answer properly.
 */
export async function callCatalog<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (isError(cause) && CALLERS_FAULT.has(cause.name)) {
      throw cause;
    }
    if (isRefusal(cause)) {
      throw withErrorDetails(
        withHiddenCause(
          new InputError(
            'The software catalog can not be asked for this; its names have other characters',
          ),
          cause,
        ),
        { system: 'catalog' },
      );
    }
    throw withErrorDetails(
      withHiddenCause(
        new ServiceUnavailableError('The software catalog did not answer'),
        cause,
      ),
      {
        system: 'catalog',
        whatToDo:
          'Try again in a moment; if it stays, ask your platform team to look at the catalog.',
      },
    );
  }
}

/** Types of `@backstage/errors` that are told apart. */
export type BackstageErrorName =
  | 'InputError'
  | 'NotAllowedError'
  | 'AuthenticationError'
  | 'ConflictError'
  | 'NotFoundError'
  | 'ServiceUnavailableError';

/**
 * Whether something thrown is an error of one of these types. By name, which is
 * part of the types' contract: a module may bring a copy of `@backstage/errors` of
 * its own, whose classes are others.
 */
export function isErrorNamed(
  error: unknown,
  ...names: BackstageErrorName[]
): boolean {
  return (
    error instanceof Error && (names as readonly string[]).includes(error.name)
  );
}

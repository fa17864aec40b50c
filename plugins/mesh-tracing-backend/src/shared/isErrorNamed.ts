/** Names of the types of `@backstage/errors` that code distinguishes. */
export type BackstageErrorName =
  | 'InputError'
  | 'NotAllowedError'
  | 'AuthenticationError'
  | 'ConflictError'
  | 'NotFoundError'
  | 'ServiceUnavailableError';

/**
 * Whether something thrown is an error of one of these types. It is compared by name,
 * which is part of the types' contract, and not by class: a module may bring its own
 * copy of `@backstage/errors`, for whose errors `instanceof` is false.
 */
export function isErrorNamed(
  error: unknown,
  ...names: BackstageErrorName[]
): boolean {
  return (
    error instanceof Error && (names as readonly string[]).includes(error.name)
  );
}

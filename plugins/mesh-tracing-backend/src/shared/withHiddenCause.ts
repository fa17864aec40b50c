/**
 * Attaches a cause for the log, and for code that asks for it. The constructors of
 * `@backstage/errors` are not used for it: they write a cause's text into the message,
 * which goes to the browser.
 */
export function withHiddenCause<E extends Error>(error: E, cause: unknown): E {
  Object.defineProperty(error, 'cause', {
    value: cause,
    enumerable: false,
    configurable: true,
  });
  return error;
}

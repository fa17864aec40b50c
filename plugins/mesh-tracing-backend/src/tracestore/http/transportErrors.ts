import type { ProblemOf } from '../problems/StoreProblem';

/** Failures before the store can have begun to answer. */
const CONNECT_FAILURES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** A host without a name does not get one within a second. */
const NOT_RETRYABLE: ReadonlySet<string> = new Set(['ENOTFOUND']);

function codeOf(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 5; depth++) {
    if (typeof current !== 'object' || current === null) {
      return '';
    }
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') {
      return code;
    }
    current = cause;
  }
  return '';
}

/** The connection failed while the body was read. */
export class BodyReadError extends Error {
  override name = 'BodyReadError';

  constructor(cause: unknown) {
    super('The body could not be read completely', { cause });
  }
}

/** Whether the same request may succeed at once: only failures to connect. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return (
    !(error instanceof BodyReadError) &&
    CONNECT_FAILURES.has(code) &&
    !NOT_RETRYABLE.has(code)
  );
}

/** What happened to a connection. Holds no secrets. */
export function transportProblem(error: unknown): ProblemOf<'unreachable'> {
  const failure = codeOf(error);
  return {
    code: 'unreachable',
    failure,
    brokeOff: error instanceof BodyReadError && CONNECT_FAILURES.has(failure),
  };
}

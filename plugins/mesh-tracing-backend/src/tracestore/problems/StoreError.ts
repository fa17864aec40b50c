import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { ProblemOf, StoreProblem, StoreProblemCode } from './StoreProblem';
import { wordsOf } from './storeProblemWords';

/** An error of `@backstage/errors` that carries its problem as data. */
export interface StoreError extends Error {
  readonly problem: StoreProblem;
  /** The store and what happened, in words. */
  readonly summary: string;
  /** What to do, in words; absent where there is nothing to say. */
  readonly advice: string | undefined;
}

/** What the one who asks can mend. */
const OF_INPUT: ReadonlySet<StoreProblemCode> = new Set([
  'answer-too-large',
  'trace-too-large',
  'unsupported-combination',
  'limit-refused',
  'service-required',
  'no-archive',
  'request-refused',
  'metrics-query-refused',
]);

const OF_CREDENTIALS: ReadonlySet<StoreProblemCode> = new Set([
  'tenant-missing',
  'tenant-unknown',
  'credentials-refused',
]);

function errorClass(code: StoreProblemCode) {
  if (OF_INPUT.has(code)) {
    return InputError;
  }
  return OF_CREDENTIALS.has(code) ? NotAllowedError : ServiceUnavailableError;
}

/**
 * The error of a problem.
 *
 * @returns InputError, NotAllowedError or ServiceUnavailableError. What it carries
 *   is not enumerable, so that it is never part of an answer over HTTP.
 */
export function storeError(store: string, problem: StoreProblem): StoreError {
  const { what, advice } = wordsOf(problem);
  const summary = `Trace store '${store}' ${what}`;
  const error = new (errorClass(problem.code))(
    advice === undefined ? summary : `${summary}; ${advice}`,
  );
  return Object.defineProperties(error, {
    problem: { value: problem },
    summary: { value: summary },
    advice: { value: advice },
  }) as Error as StoreError;
}

/** Whether an error was made by {@link storeError}. */
export function isStoreError(error: unknown): error is StoreError {
  return error instanceof Error && 'problem' in error && 'summary' in error;
}

/** The problem of an error, if it is one of this kind. */
export function problemIn<C extends StoreProblemCode>(
  error: unknown,
  code: C,
): ProblemOf<C> | undefined {
  return isStoreError(error) && error.problem.code === code
    ? (error.problem as ProblemOf<C>)
    : undefined;
}

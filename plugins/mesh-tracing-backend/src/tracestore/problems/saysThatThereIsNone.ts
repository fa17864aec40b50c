import { InputError } from '@backstage/errors';
import { problemIn } from './StoreError';

/** Whether a store that fails so has no such part of its API, or has not set it up. */
export function saysThatThereIsNone(error: unknown): boolean {
  return (
    error instanceof InputError ||
    problemIn(error, 'unexpected-answer') !== undefined
  );
}

import { describeError } from '../api/describeError';

/** Whether an error says that there is nothing for this user to see any more. */
export function isWithheld(error: unknown): boolean {
  return [401, 403, 404].includes(describeError(error).status ?? 0);
}

import { InputError } from '@backstage/errors';
import { withErrorDetails } from '../../shared/errorDetails';

/** Where a page of the history ends, in a form that callers need not read. */
export function historyCursor(seq: number): string {
  return Buffer.from(`seq:${seq}`).toString('base64url');
}

/** @throws InputError for what {@link historyCursor} did not give. */
export function readHistoryCursor(cursor: string): number {
  const seq = Number(
    /^seq:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1],
  );
  if (!Number.isSafeInteger(seq) || historyCursor(seq) !== cursor) {
    throw withErrorDetails(
      new InputError(
        "Query parameter 'cursor' is not one that an answer gave as 'nextCursor'",
      ),
      { system: 'portal', field: 'cursor' },
    );
  }
  return seq;
}

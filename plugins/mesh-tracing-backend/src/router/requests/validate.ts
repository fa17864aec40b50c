import { InputError } from '@backstage/errors';
import { shortened } from 'backstage-plugin-mesh-tracing-common';
import type { z } from 'zod';
import { withErrorDetails } from '../../shared/errorDetails';

/**
 * Longest name of a field in a message: keys come from the caller and may be as long
 * as the body.
 */
const MAX_FIELD_LENGTH = 200;
const MAX_REASON_LENGTH = 300;

/** Part of a request that a schema validates. */
export type RequestPart = 'path' | 'query' | 'body';

/** How a message begins, by the part of the request that a field is in. */
const BEGINNINGS: Record<RequestPart, (field: string) => string> = {
  path: field => `The part '${field}' of the path `,
  query: field => `Query parameter '${field}': `,
  body: field => `Field '${field}': `,
};

/**
 * The typed value of what a request brought.
 *
 * @param where - the part of the request, for the message
 * @throws InputError that names the first field that is wrong.
 */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  where: RequestPart,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : [];
  const path = [...(issue?.path ?? []), ...keys]
    .map(part => shortened(String(part)))
    .join('.');
  throw invalid(where, path, issue?.message ?? 'Invalid value');
}

/**
 * The error for a part of a request that is wrong. Field and reason may repeat what the
 * caller sent, so both are shortened.
 *
 * @param field - empty where the part as a whole is wrong
 */
export function invalid(
  where: RequestPart,
  field: string,
  reason: string,
): Error {
  const what = shortened(reason, MAX_REASON_LENGTH);
  if (!field) {
    return withErrorDetails(
      new InputError(`The ${where} is not valid: ${what}`),
      { system: 'portal' },
    );
  }
  const named = shortened(field, MAX_FIELD_LENGTH);
  return withErrorDetails(
    new InputError(`${BEGINNINGS[where](named)}${what}`),
    {
      system: 'portal',
      field: named,
    },
  );
}

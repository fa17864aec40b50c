import { InputError } from '@backstage/errors';
import { shortened } from 'backstage-plugin-mesh-tracing-common';
import type { z } from 'zod';
import { withErrorDetails } from '../../shared/errorDetails';

/** Keys are the caller's own, and may be as long as the body. */
const MAX_FIELD_LENGTH = 200;
const MAX_REASON_LENGTH = 300;

/**
 * The typed value of what a request brought.
 *
 * @param where - `body` or `query`, for the message.
 * @throws InputError that names the first field that is wrong.
 */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  where: 'body' | 'query',
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  throw invalidBySchema(result.error, where);
}

/** The refusal of a value that a schema found wrong, naming the field; both are cut. */
export function invalidBySchema(
  error: z.ZodError,
  where: 'body' | 'query',
): Error {
  const [issue] = error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : [];
  const field = shortened(
    [...(issue?.path ?? []), ...keys]
      .map(part => shortened(String(part)))
      .join('.'),
    MAX_FIELD_LENGTH,
  );
  const what = shortened(issue?.message ?? 'Invalid value', MAX_REASON_LENGTH);
  return withErrorDetails(
    new InputError(
      field
        ? `${
            where === 'query' ? 'Query parameter' : 'Field'
          } '${field}': ${what}`
        : `The ${where} is not valid: ${what}`,
    ),
    { system: 'portal', ...(field ? { field } : {}) },
  );
}

import { z } from 'zod';

/** Leaves out what separates the parts of an entity ref, and what is in no name. */
const NAME_PATTERN = '^[^:/\\s\\u0000-\\u001f\\u007f-\\u009f]+$';

function nameUpTo(maxLength: number) {
  return z
    .string()
    .max(maxLength, `is longer than ${maxLength} characters`)
    .regex(
      new RegExp(NAME_PATTERN),
      'has a character that is in no name: a colon, a slash, white space or a control character',
    );
}

/**
 * What may stand in the places of a path, by the name of the place. Messages follow
 * "The part 'name' of the path".
 * @public
 */
export const pathParameterSchemas = {
  kind: nameUpTo(63),
  namespace: nameUpTo(253),
  name: nameUpTo(253),
  traceId: z
    .string()
    .regex(
      /^[0-9a-fA-F]{1,32}$/,
      'is no id of a trace, which has 1 to 32 hexadecimal digits',
    ),
} as const;

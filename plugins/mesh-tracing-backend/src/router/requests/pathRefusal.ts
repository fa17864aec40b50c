import { InputError } from '@backstage/errors';
import { withErrorDetails } from '../../shared/errorDetails';

/** Longer than what any of them is; the document says it for each. */
const MAX_LENGTH = 253;
/** Separate the parts of an entity ref, or are in no name. */
const NOT_IN_A_NAME = /[:/\s\p{Cc}\p{Cs}]/u;

function problemOf(encoded: string): string | undefined {
  let text: string;
  try {
    text = decodeURIComponent(encoded);
  } catch {
    return 'is not percent-encoded UTF-8';
  }
  if (text.length > MAX_LENGTH) {
    return `is longer than ${MAX_LENGTH} characters`;
  }
  return NOT_IN_A_NAME.test(text)
    ? 'has a character that is in no name: a colon, a slash, white space or a control character'
    : undefined;
}

/** The refusal of a path, naming its part; undefined for one that may be right. */
export function pathRefusal(
  parameters: Record<string, string>,
): Error | undefined {
  for (const [field, encoded] of Object.entries(parameters)) {
    const problem = problemOf(encoded);
    if (problem) {
      return withErrorDetails(
        new InputError(`The part '${field}' of the path ${problem}`),
        { system: 'portal', field },
      );
    }
  }
  return undefined;
}

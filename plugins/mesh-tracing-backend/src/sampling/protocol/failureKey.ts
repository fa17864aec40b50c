import { contentHash } from '../model/canonicalJson';

/**
 * A text that is equal where a write failed for the same reason: by the type of the
 * error and what the API server said, as it said it. How the portal words the
 * refusal plays no part where the error says what caused it.
 */
export function failureKey({ cause, message, name }: Error): string {
  return contentHash([name, cause instanceof Error ? cause.message : message]);
}

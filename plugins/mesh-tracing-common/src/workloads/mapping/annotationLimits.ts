import { InputError } from '@backstage/errors';

/**
 * Characters of an annotation that are read. The API server and the catalog
 * take far more, and one entity's annotations are read for everybody.
 */
export const MAX_ANNOTATION_LENGTH = 16 * 1024;
/** Entries of a list in an annotation. */
export const MAX_ANNOTATION_ENTRIES = 200;
/** A Kubernetes name is not longer. */
export const MAX_REF_PART_LENGTH = 253;
/** No integer of 64 bits has more digits. */
export const MAX_INTEGER_DIGITS = 20;

/** @throws InputError for text that is longer than an annotation may be */
export function requireAnnotationLength(text: string): void {
  if (text.length > MAX_ANNOTATION_LENGTH) {
    throw new InputError(
      `it has ${text.length} characters; at most ${MAX_ANNOTATION_LENGTH} are read`,
    );
  }
}

/** @throws InputError for more entries than an annotation may have */
export function requireAnnotationEntries(count: number, what: string): void {
  if (count > MAX_ANNOTATION_ENTRIES) {
    throw new InputError(
      `it has ${count} ${what}; at most ${MAX_ANNOTATION_ENTRIES} are read`,
    );
  }
}

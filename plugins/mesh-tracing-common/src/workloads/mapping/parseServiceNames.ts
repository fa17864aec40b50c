import {
  MAX_ANNOTATION_ENTRIES,
  MAX_ANNOTATION_LENGTH,
  MAX_REF_PART_LENGTH,
} from './annotationLimits';

/**
 * Names in an annotation, comma separated, each once. What is beyond the limits
 * of an annotation is left out: names that are too long, and those after the
 * first 200 or the first 16 kB.
 * @public
 */
export function parseServiceNames(text: string | undefined): string[] {
  const given = (text ?? '').slice(0, MAX_ANNOTATION_LENGTH).split(',');
  if (text && text.length > MAX_ANNOTATION_LENGTH) {
    // The limit may have cut the last name.
    given.pop();
  }
  const names = given
    .map(name => name.trim())
    .filter(name => name !== '' && name.length <= MAX_REF_PART_LENGTH);
  return [...new Set(names)].slice(0, MAX_ANNOTATION_ENTRIES);
}

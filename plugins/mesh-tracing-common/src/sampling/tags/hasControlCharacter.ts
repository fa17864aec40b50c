import { holdsHiddenCharacter } from '../../shared/visibleText';

/**
 * Such characters could break lines of the stores and logs that a tag reaches, or
 * make a tag look like another one.
 */
export function hasControlCharacter(text: string): boolean {
  return holdsHiddenCharacter(text);
}

/** Long enough to recognise a name, short enough for a sentence. */
const DEFAULT_LENGTH = 120;

/**
 * Foreign text for a message: cut, with an ellipsis in place of the rest, and
 * never in the middle of a character.
 * @public
 */
export function shortened(text: string, maxLength = DEFAULT_LENGTH): string {
  if (text.length <= maxLength) {
    return text;
  }
  const last = text.charCodeAt(maxLength - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, splitsPair ? maxLength - 1 : maxLength)}…`;
}

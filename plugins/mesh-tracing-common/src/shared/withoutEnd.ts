/**
 * A text without any of some characters at its end. A pattern such as `/-+$/`
 * would try every `-` of the text anew, which takes time by the square of its
 * length.
 * @public
 */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

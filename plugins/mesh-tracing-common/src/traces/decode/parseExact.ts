/**
 * Where a number may stand that does not survive as a double: a long one, or
 * one with a large exponent. It may match inside a string, but matches no
 * times, in quotes or in microseconds, which every body is full of.
 */
const SUSPECT =
  /(?:^|[:,[\s])-?(?:\d{17}|9\d{15}|\d{1,400}(?:\.\d{1,400})?[eE]\+?\d{3})/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Such a number has at least so many characters. */
const SHORTEST = 5;
const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Parses JSON, with integers beyond 2^53 and numbers beyond the doubles as the
 * texts that were sent, since as numbers they would become others.
 *
 * @throws SyntaxError
 */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!SUSPECT.test(text)) {
    return value;
  }
  const quoted = quoteInexactNumbers(text);
  return quoted === text ? value : JSON.parse(quoted);
}

/** JSON that is valid, with each number that a double cannot hold in quotes. */
function quoteInexactNumbers(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('"', at);
    const end = open < 0 ? text.length : open;
    if (end - at >= SHORTEST) {
      const between = text.slice(at, end);
      const exact = between.replace(NUMBER, number =>
        isInexact(number) ? `"${number}"` : number,
      );
      if (exact !== between) {
        parts.push(text.slice(from, at), exact);
        from = end;
      }
    }
    at = open < 0 ? text.length : endOfString(text, open + 1);
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

function isInexact(number: string): boolean {
  const value = Number(number);
  return /^-?\d+$/.test(number)
    ? !Number.isSafeInteger(value)
    : !Number.isFinite(value);
}

/** The position behind the closing quote. */
function endOfString(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || Number.isNaN(code)) {
      return at + 1;
    }
    at += code === BACKSLASH ? 2 : 1;
  }
}

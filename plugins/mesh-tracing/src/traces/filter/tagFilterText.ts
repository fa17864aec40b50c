/**
 * Splits the text of a form into tags, at blanks. In double quotes, which may
 * begin anywhere in a tag, a backslash makes a quote or a backslash a part of it;
 * outside of them it is one itself. A quote within a value needs nothing, since
 * quotes that do not begin a tag or follow its first `=` are as they are.
 */
export function parseTags(text: string): string[] {
  const tags: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (isBlank(text, at)) {
      at += 1;
    } else {
      const tag = readTag(text, at);
      tags.push(tag.text);
      at = tag.end;
    }
  }
  return tags;
}

/** As {@link parseTags} reads it. */
export function formatTags(tags: string[]): string {
  return tags.map(formatTag).join(' ');
}

function formatTag(tag: string): string {
  const isPlain = tag !== '' && !/[\s]/.test(tag) && !/^"|^[^=]*="/.test(tag);
  return isPlain ? tag : `"${tag.replace(/["\\]/g, '\\$&')}"`;
}

function isBlank(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at));
}

function readTag(text: string, from: number): { text: string; end: number } {
  let read = '';
  let at = from;
  let mayQuote = true;
  while (at < text.length && !isBlank(text, at)) {
    const character = text.charAt(at);
    if (character === '"' && mayQuote) {
      const quoted = readQuoted(text, at + 1);
      read += quoted.text;
      at = quoted.end;
      mayQuote = false;
    } else {
      read += character;
      mayQuote = character === '=' && read.indexOf('=') === read.length - 1;
      at += 1;
    }
  }
  return { text: read, end: at };
}

/** Up to the closing quote, or to the end where there is none. */
function readQuoted(text: string, from: number): { text: string; end: number } {
  let read = '';
  let at = from;
  while (at < text.length && text.charAt(at) !== '"') {
    const isEscape =
      text.charAt(at) === '\\' && /["\\]/.test(text.charAt(at + 1));
    at += isEscape ? 1 : 0;
    read += text.charAt(at);
    at += 1;
  }
  return { text: read, end: at + 1 };
}

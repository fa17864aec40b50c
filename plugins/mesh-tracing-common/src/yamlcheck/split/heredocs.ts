/** A text that a shell hands to a command. */
export interface Heredoc {
  lines: string[];
  /** Index of its first line in the script. */
  at: number;
  /** False where the word after `<<` is quoted. */
  expands: boolean;
}

const OPENING = /<<(-?)[ \t]*(?:'(\w+)'|"(\w+)"|\\(\w+)|(\w+))/;

/**
 * The heredocs of a shell script. What lacks its end reaches to the end of the
 * script, as in a shell.
 */
export function heredocs(lines: readonly string[]): Heredoc[] {
  const found: Heredoc[] = [];
  let open: { word: string; tabs: boolean; doc: Heredoc } | undefined;
  lines.forEach((line, i) => {
    if (open) {
      const text = open.tabs ? withoutTabs(line) : line;
      // Copied from a list or a quotation, the end is often indented.
      if (text.trim() === open.word) open = undefined;
      else open.doc.lines.push(text);
      return;
    }
    const [whole, tabs, single, double, escaped, plain] =
      OPENING.exec(line) ?? [];
    const word = single ?? double ?? escaped ?? plain;
    if (whole === undefined || word === undefined) return;
    const doc = { lines: [], at: i + 1, expands: plain !== undefined };
    found.push(doc);
    open = { word, tabs: tabs === '-', doc };
  });
  return found;
}

function withoutTabs(line: string): string {
  let at = 0;
  while (line.charAt(at) === '\t') at += 1;
  return line.slice(at);
}

import { visibleLine } from './visibleText';

const MAX_CELL_LENGTH = 300;

/**
 * What readers of Markdown make a link of without being asked: addresses (GFM,
 * autolinks), and on code hosts people and issues. A backslash doesn't keep them
 * from it, since they look at the text that is shown; a code span does.
 */
const LINKABLE = /:\/\/|www\.|mailto:|xmpp:|@|#\d/i;

/** Text from traces is hostile: it must not become markup, or break a table. */
export function cell(text: string): string {
  // Cut first: a cut escape would escape what follows.
  const line = [...visibleLine(text)].slice(0, MAX_CELL_LENGTH).join('');
  return LINKABLE.test(line)
    ? codeSpan(line)
    : line.replace(/[\\`*_{}[\]<>()#+!|~&$]/g, character => `\\${character}`);
}

/** In tables neither `|` nor a backslash before it can stand in one as it is. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(run => run.length)) + 1);
  return `${fence} ${text.replace(/\|/g, '¦')} ${fence}`;
}

/** A table of Markdown, with every cell escaped. */
export function table(head: string[], rows: string[][]): string[] {
  return rows.length === 0
    ? ['None.']
    : [
        `| ${head.join(' | ')} |`,
        `|${head.map(() => ' --- |').join('')}`,
        ...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
      ];
}

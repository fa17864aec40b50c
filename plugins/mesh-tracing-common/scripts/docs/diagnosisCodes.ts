import { diagnosisCatalog } from '../../src/diagnosis/diagnosisCatalog';
import { RUNG_IDS } from '../../src/diagnosis/model/rungIds';

/**
 * The codes of the rungs as Markdown: for each rung that has some a table with
 * verdict, meaning and mend.
 *
 * @param heading - of a rung's section, such as `###`
 */
export function diagnosisCodes(heading = '###'): string {
  const codes = Object.entries(diagnosisCatalog);
  return RUNG_IDS.flatMap(id => {
    const rows = codes
      .filter(([, { rung }]) => rung === id)
      .map(([code, { verdict, meaning, mend }]) => [
        `\`${code}\``,
        verdict,
        meaning,
        mend,
      ]);
    return rows.length > 0
      ? [
          `${heading} ${id}\n\n${table(
            ['Code', 'Verdict', 'What is the case', 'Mend'],
            rows,
          )}\n`,
        ]
      : [];
  }).join('\n');
}

/** A table with padded columns, as the formatter of this repository wants. */
function table(head: string[], rows: string[][]): string {
  const cells = [head, ...rows].map(row =>
    row.map(cell => cell.replaceAll('|', '\\|')),
  );
  const widths = head.map((_, column) =>
    Math.max(3, ...cells.map(row => row[column]?.length ?? 0)),
  );
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [titles = [], ...body] = cells;
  const rule = widths.map(width => '-'.repeat(width));
  return [line(titles), line(rule), ...body.map(line)].join('\n');
}

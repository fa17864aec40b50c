import type { DiagnosisMend } from 'backstage-plugin-mesh-tracing-common';
import type { ProvenSetup } from './ProvenSetup';

const HEAD = [
  'Set-up',
  'What one sees',
  'First rung, code',
  'Mend, as the product gives it',
  'Outcome',
];

const APPLIED: Record<DiagnosisMend['kind'], string> = {
  command: 'command',
  yaml: 'YAML',
  config: 'configuration of the portal',
  action: 'button',
  advice: 'in words, done by the test',
};

/** A text as a cell holds it, the same in every lab. */
function cell(text: string): string {
  return text
    .replace(/127\.\d+\.\d+\.(\d+)/g, '127.x.y.$1')
    .replace(/\s+/g, ' ')
    .replace(/\|/g, '\\|')
    .trim();
}

/** By what a mend was applied. */
function applied({ setup, mend }: ProvenSetup): string {
  return mend.kind === 'action' && setup.byHand
    ? 'button; what follows there is done by the test'
    : APPLIED[mend.kind];
}

function row(proven: ProvenSetup): string[] {
  const { setup, rung, mend } = proven;
  return [
    `**${setup.name}.** ${setup.planted}`,
    setup.symptom,
    `${rung.id}, \`${rung.code}\``,
    `${mend.what} (${applied(proven)})`,
    setup.outcome ?? 'Requests are traced again.',
  ].map(cell);
}

/** The table of what was planted, with columns as wide as Prettier makes them. */
export function setupTable(proven: readonly ProvenSetup[]): string {
  const rows = [HEAD, ...proven.map(row)];
  const widths = HEAD.map((_, column) =>
    Math.max(...rows.map(cells => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join(' | ')} |`;
  const [head = [], ...body] = rows;
  const rule = widths.map(width => '-'.repeat(width));
  return [head, rule, ...body].map(line).join('\n');
}

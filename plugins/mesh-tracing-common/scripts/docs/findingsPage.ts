import type { FindingDescription } from '../../src/shared/FindingDescription';
import { findingCatalog } from '../../src/tracing/findings/findingCatalog';
import { bindingFindingCatalog } from '../../src/workloads';

const SECTIONS = [
  ['error', 'Errors', 'Tracing is off, or a proxy is stuck.'],
  ['warning', 'Warnings', 'Something does not do what it looks like.'],
  ['info', 'Notes', 'Worth knowing when reading the values.'],
] as const;

/** docs/findings.md, from the catalogs of findings. */
export function findingsPage(): string {
  const all: Array<[string, FindingDescription]> = Object.entries({
    ...findingCatalog,
    ...bindingFindingCatalog,
  });
  const sections = SECTIONS.map(([severity, title, about]) => {
    const entries = all
      .filter(([, description]) => description.severity === severity)
      .map(
        ([code, { meaning, whatToDo }]) =>
          `### ${code}\n\n${meaning}\n\n**What to do:** ${whatToDo}\n`,
      );
    return `## ${title}\n\n${about}\n\n${entries.join('\n')}`;
  });
  return [
    '# Findings about effective tracing and about whose workloads are',
    '',
    `The sampling panel shows what it finds beside the values, most urgent first. Each finding has a code that does not change; all ${all.length} are listed here with their mend. The rules behind them are in [effective-tracing.md](effective-tracing.md), those about whose a workload is in [security.md](security.md).`,
    '',
    'This page is generated from `findingCatalog` and `bindingFindingCatalog`; `node scripts/run.mjs plugins/mesh-tracing-common/scripts/docs.ts` writes it.',
    '',
    sections.join('\n'),
  ].join('\n');
}

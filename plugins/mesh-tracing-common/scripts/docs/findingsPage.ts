import type { FindingDescription } from '../../src/shared/FindingDescription';
import { requestFindingCatalog } from '../../src/latency';
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
    ...requestFindingCatalog,
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
    '# Findings about effective tracing, whose workloads are, and what is traced',
    '',
    `The sampling panel shows what it finds beside the values, most urgent first; the latency view shows what it finds about the share of requests that is traced. Each finding has a code that does not change; all ${all.length} are listed here with their mend. The rules behind them are in [effective-tracing.md](effective-tracing.md), those about whose a workload is in [security.md](security.md), those about what is traced in [trace-stores.md](trace-stores.md#the-share-that-is-traced).`,
    '',
    'This page is generated from `findingCatalog`, `bindingFindingCatalog` and `requestFindingCatalog`; `node scripts/run.mjs plugins/mesh-tracing-common/scripts/docs.ts` writes it.',
    '',
    sections.join('\n'),
  ].join('\n');
}

import type { FindingDescription } from '../../src/shared/FindingDescription';
import { requestFindingCatalog } from '../../src/latency';
import { setupFindingCatalog } from '../../src/setup';
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
    ...setupFindingCatalog,
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
    '# Findings about effective tracing, whose workloads are, what is traced, and production set-ups',
    '',
    `The sampling panel shows what it finds beside the values, most urgent first; the latency view shows what it finds about the share of requests that is traced, and the diagnosis view what it finds about the set-up. Each finding has a code that does not change; all ${all.length} are listed here with their mend. The rules behind them are in [effective-tracing.md](effective-tracing.md), those about whose a workload is in [security.md](security.md), those about what is traced in [trace-stores.md](trace-stores.md#the-share-that-is-traced), those about set-ups in [operations.md](operations.md#checks-of-a-production-set-up).`,
    '',
    'This page is generated from `findingCatalog`, `bindingFindingCatalog`, `requestFindingCatalog` and `setupFindingCatalog`; `node scripts/run.mjs plugins/mesh-tracing-common/scripts/docs.ts` writes it.',
    '',
    sections.join('\n'),
  ].join('\n');
}

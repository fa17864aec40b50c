import {
  HEALTH_CHECK_FILTER,
  tailSamplingPolicy,
} from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { buildPrograms } from '../build/buildPrograms';
import { program, programBinary } from '../build/programs';
import { run } from '../build/run';
import type { CheckList } from '../checks/CheckList';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { checkKeptTraces } from './keptTraces';

/** Policies for little, for much, and for nothing known. */
const INPUTS = [
  { namespace: 'shop' },
  { namespace: 'shop', requestsPerSecond: 0.01, slowMs: 0.2 },
  {
    namespace: 'shop',
    requestsPerSecond: 12_345.6,
    longestTraceMs: 55_555,
    slowMs: 1_234.5,
  },
];

/** The collector's own judgement of what the product generates, and what comes of it. */
export async function checkCollector(
  checks: CheckList,
  endpoints: LabEndpoints,
  { signal, print }: { signal: AbortSignal; print: (line: string) => void },
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'setup-check-'));
  try {
    const isBuilt = await checks.check('the collector is built', () =>
      buildPrograms({ only: 'collector', signal, log: print }),
    );
    if (!isBuilt) return;
    const judge = judgeIn(folder, signal);
    await checks.check(
      'the collector takes each generated policy',
      async () => {
        const texts = INPUTS.map(tailSamplingPolicy).flatMap(
          ({ collectorYaml, loadBalancerYaml }) => [
            collectorYaml,
            loadBalancerYaml,
          ],
        );
        for (const text of texts) await judge(text);
        return `${texts.length} configurations`;
      },
    );
    await checks.check('the collector refuses what is none', async () => {
      const { collectorYaml } = tailSamplingPolicy({ namespace: 'shop' });
      const broken = collectorYaml.replace('status_codes', 'status_code');
      await assert.rejects(judge(broken), /status_code/);
    });
    await checks.check('the collector takes the filter of health checks', () =>
      judge(withFilter()),
    );
    await checkKeptTraces(checks, folder, { endpoints, signal });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns what has the collector validate a configuration, and rejects with its words */
function judgeIn(folder: string, signal: AbortSignal) {
  let count = 0;
  return async (text: string): Promise<void> => {
    const file = join(folder, `config-${(count += 1)}.yaml`);
    writeFileSync(file, text);
    await run(
      programBinary(program('collector')),
      ['validate', `--config=${file}`],
      { cwd: folder, signal },
    );
  };
}

/** The filter in a whole configuration, as its comment says. */
function withFilter(): string {
  const { collectorYaml } = tailSamplingPolicy({ namespace: 'shop' });
  const config = parse(collectorYaml);
  const { processors } = parse(HEALTH_CHECK_FILTER);
  Object.assign(config.processors, processors);
  config.service.pipelines.traces.processors.unshift('filter/health-checks');
  return stringify(config);
}

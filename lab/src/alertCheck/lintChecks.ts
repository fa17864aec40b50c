import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { CheckList } from '../checks/CheckList';
import { Random } from '../checks/Random';
import { generateRules } from './generateRules';
import { prometheusRuleSchema } from './prometheusRuleSchema';
import { promtool } from './promtool';

const SEED = 14;
const FILES = 150;
/** Given to one promtool, which starts slower than it reads. */
const AT_ONCE = 50;

/** Files of all kinds of rules are what Prometheus and its operator take. */
export async function checkLint(
  checks: CheckList,
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const generated = Array.from({ length: FILES }, (_, nth) =>
    generateRules(Random.of(SEED, nth)),
  );
  await checks.check(
    'promtool takes every rule file, whatever names hold',
    async () => {
      const paths = generated.map(({ files }, nth) => {
        const path = join(folder, `rules-${nth}.yaml`);
        writeFileSync(path, files.ruleFile);
        return path;
      });
      let found = 0;
      for (let first = 0; first < paths.length; first += AT_ONCE) {
        const output = promtool(
          'check',
          'rules',
          ...paths.slice(first, first + AT_ONCE),
        );
        found += [...output.matchAll(/SUCCESS: (\d{1,9}) rules found/g)].reduce(
          (sum, [, count]) => sum + Number(count),
          0,
        );
      }
      const written = generated.reduce((sum, { count }) => sum + count, 0);
      assert.equal(found, written);
      return `${written} rules in ${FILES} files, seed ${SEED}`;
    },
  );
  await checks.check(
    'each PrometheusRule has the fields of its definition, with the same groups',
    async () => {
      for (const { files } of generated) {
        const object = prometheusRuleSchema.parse(parse(files.prometheusRule));
        assert.deepEqual(object.spec, parse(files.ruleFile));
      }
    },
  );
}

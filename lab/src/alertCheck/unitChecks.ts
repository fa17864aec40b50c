import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertFiles } from 'backstage-plugin-mesh-tracing-common';
import { stringify } from 'yaml';
import type { CheckList } from '../checks/CheckList';
import { promtool } from './promtool';
import { ruleTestFile, type RuleTest } from './RuleTest';
import { ruleTests } from './ruleTests';

/** Runs one of them, the file of its rules beside it. */
function runRuleTest(folder: string, nth: number, test: RuleTest): void {
  const rules = `rules-${nth}.yaml`;
  const file = join(folder, `test-${nth}.yaml`);
  writeFileSync(
    join(folder, rules),
    alertFiles(test.name, test.groups).ruleFile,
  );
  writeFileSync(file, stringify(ruleTestFile(rules, test)));
  promtool('test', 'rules', file);
}

/** Each kind of alert by promtool's own unit tests. */
export async function checkRuleTests(
  checks: CheckList,
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [nth, test] of ruleTests().entries()) {
    await checks.check(`promtool's rule tests: ${test.name}`, async () => {
      runRuleTest(folder, nth, test);
      const firing = test.moments.reduce(
        (sum, moment) => sum + moment.firing.length,
        0,
      );
      return `${firing} fire in ${test.moments.length} moments`;
    });
  }
  await checks.check(
    "promtool's rule tests fail where an alert that fires is not expected",
    async () => {
      const [test] = ruleTests();
      assert.ok(test);
      const silent = test.moments.map(moment => ({ ...moment, firing: [] }));
      assert.throws(
        () => runRuleTest(folder, 99, { ...test, moments: silent }),
        /exp:/,
      );
    },
  );
}

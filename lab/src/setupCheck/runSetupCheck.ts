import assert from 'node:assert/strict';
import { CheckList } from '../checks/CheckList';
import { labStatus } from '../lifecycle/labStatus';
import { startLab } from '../lifecycle/startLab';
import { withOwnLab } from '../lifecycle/withOwnLab';
import { checkCollector } from './collectorChecks';
import { checkPlants } from './plantChecks';

/** How a check of the findings about set-ups runs. */
export interface SetupCheckOptions {
  /** Name of the private lab. */
  lab: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

/**
 * Plants what the findings are for, and has a collector judge and run the generated
 * policy. Starts a lab of its own and stops it.
 *
 * @returns true when every check passed
 */
export async function runSetupCheck({
  lab: name,
  signal,
  print,
}: SetupCheckOptions): Promise<boolean> {
  const checks = CheckList.create(print);
  await withOwnLab(name, async () => {
    const isUp = await checks.check('the lab starts', async () => {
      assert.equal((await startLab({ name, signal })).state, 'up');
    });
    const { endpoints } = labStatus(name);
    if (isUp && endpoints) {
      await checkPlants(checks, name, endpoints);
      await checkCollector(checks, endpoints, { signal, print });
    }
  });
  return checks.finish();
}

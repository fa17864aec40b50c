import assert from 'node:assert/strict';
import { CheckList } from '../checks/CheckList';
import { traceEverything } from '../checks/traceEverything';
import { KubeApi } from '../kubernetes/KubeApi';
import { labPaths } from '../lifecycle/LabState';
import { labStatus, type LabEndpoints } from '../lifecycle/labStatus';
import { withOwnLab } from '../lifecycle/withOwnLab';
import { startLab } from '../lifecycle/startLab';
import { checkBadger } from './badgerChecks';
import type { CheckedStore } from './CheckedStore';
import { checkDoubledSpans } from './doubleChecks';
import { layoutOfLab } from './underLoad';
import { checkKills } from './killChecks';
import { checkMetrics } from './metricsChecks';
import { checkResources } from './resourceChecks';
import { checkRetention } from './retentionChecks';
import { checkStorage } from './storageChecks';
import { checkTruth, sendHistory } from './truthChecks';

/** How a check of the production profile runs. */
export interface ProductionCheckOptions {
  /** Name of the private lab. */
  lab: string;
  numbers: { rate: number };
  signal: AbortSignal;
  print: (line: string) => void;
}

async function checkStore(
  checks: CheckList,
  { lab, numbers }: ProductionCheckOptions,
  endpoints: LabEndpoints,
): Promise<void> {
  const { production } = endpoints;
  if (!production) {
    throw new Error(`The lab ${lab} has another profile.`);
  }
  const checked: CheckedStore = {
    checks,
    lab,
    endpoints,
    production,
    tracesPerSecond: numbers.rate,
  };
  const layout = layoutOfLab(lab);
  const admin = KubeApi.asAdmin(labPaths(lab).folder);
  try {
    await checks.check('100 % is in force at the frontend', () =>
      traceEverything(admin, endpoints, 'production-check'),
    );
    await checkMetrics(checked);
    const history = await sendHistory(checked, layout);
    await checkTruth(checked, history);
    await checkDoubledSpans(checked, layout);
    await checkResources(checked);
    await checkKills(checked, history.window);
    await checkStorage({ checks, storage: 'OpenSearch', endpoints });
    await checkRetention(checked);
  } finally {
    admin.close();
  }
}

/**
 * Checks the product on a Jaeger of several parts and on Badger, each in a lab of
 * its own, while parts are killed.
 *
 * @returns true when every check passed
 */
export async function runProductionCheck(
  options: ProductionCheckOptions,
): Promise<boolean> {
  const { lab: name, signal, print } = options;
  const checks = CheckList.create(print);
  await withOwnLab(name, async () => {
    const isUp = await checks.check('the production lab starts', async () => {
      const status = await startLab({ name, profile: 'production', signal });
      assert.equal(status.state, 'up');
      return `${status.components.length} processes`;
    });
    const { endpoints } = labStatus(name);
    if (isUp && endpoints) {
      await checkStore(checks, options, endpoints);
    }
  });
  signal.throwIfAborted();
  await checkBadger(checks, `${name}-badger`, signal);
  return checks.finish();
}

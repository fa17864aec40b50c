import assert from 'node:assert/strict';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { KubeApi } from '../kubernetes/KubeApi';
import { labStatus } from '../lifecycle/labStatus';
import { withOwnLab } from '../lifecycle/withOwnLab';
import { startLab } from '../lifecycle/startLab';
import { telemetriesPath } from '../checks/CheckedLab';
import { CheckList } from '../checks/CheckList';
import { checkAcceptance } from './acceptanceChecks';
import { SamplingHarness } from './SamplingHarness';
import {
  postgresDatabase,
  sqliteDatabase,
  type CheckDatabase,
} from './CheckDatabase';
import { checkConcurrency } from './concurrencyChecks';
import { checkExpiry } from './expiryChecks';
import { checkFaults } from './faultChecks';
import { checkGitOps } from './gitOpsChecks';
import { checkOutside } from './outsideChecks';
import { checkRefusals } from './refusalChecks';
import { checkScopes } from './scopeChecks';

/** How the checks run. */
export interface SamplingCheckOptions {
  lab: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

async function removeOverrides(adminKubeconfig: string): Promise<void> {
  const admin = KubeApi.fromKubeconfig(adminKubeconfig);
  try {
    await admin.request(
      'DELETE',
      `${telemetriesPath(
        APP_NAMESPACE,
      )}?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dmesh-tracing`,
    );
  } finally {
    admin.close();
  }
}

async function checkWith(
  options: SamplingCheckOptions,
  checks: CheckList,
  start: () => Promise<CheckDatabase>,
): Promise<void> {
  const { endpoints } = labStatus(options.lab);
  assert.ok(endpoints, 'the lab is down');
  const database = await start();
  options.print(`On ${database.name}:`);
  const harness = await SamplingHarness.start({
    lab: options.lab,
    endpoints,
    database,
    checks,
  });
  try {
    for (const run of [
      checkRefusals,
      checkConcurrency,
      checkExpiry,
      checkOutside,
      checkAcceptance,
      checkScopes,
      checkGitOps,
      checkFaults,
    ]) {
      options.signal.throwIfAborted();
      await run(harness);
    }
  } finally {
    await harness.stop();
    await removeOverrides(endpoints.kubeconfig.admin);
  }
}

/**
 * Checks the sampling capability against a real API server and a real istiod,
 * in a lab of its own that is gone afterwards.
 *
 * @returns true when every check passed
 */
export async function runSamplingCheck(
  options: SamplingCheckOptions,
): Promise<boolean> {
  const checks = CheckList.create(options.print);
  await withOwnLab(options.lab, async () => {
    await startLab({ name: options.lab, signal: options.signal });
    await checkWith(options, checks, postgresDatabase);
    await checkWith(options, checks, sqliteDatabase);
  });
  return checks.finish();
}

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckList } from '../checks/CheckList';
import { traceEverything } from '../checks/traceEverything';
import { KubeApi } from '../kubernetes/KubeApi';
import { requestMetricsFilter } from '../kubernetes/requestMetricsFilter';
import { labPaths, layoutOf, readLabState } from '../lifecycle/LabState';
import { labStatus } from '../lifecycle/labStatus';
import { startLab } from '../lifecycle/startLab';
import { withOwnLab } from '../lifecycle/withOwnLab';
import { startPrometheus } from '../metricsCheck/programs/prometheus';
import { envoyJobs } from './AlertLab';
import { checkFiring } from './firingChecks';
import { checkLint } from './lintChecks';
import { checkRuleTests } from './unitChecks';

/** How a check of the alert rules runs. */
export interface AlertCheckOptions {
  /** Name of the private lab. */
  lab: string;
  signal: AbortSignal;
  print: (line: string) => void;
}

async function checkOnLab(
  checks: CheckList,
  folder: string,
  { lab: name, signal }: AlertCheckOptions,
): Promise<void> {
  await startLab({ name, signal });
  const { endpoints } = labStatus(name);
  const state = readLabState(labPaths(name).folder);
  assert.ok(endpoints && state, 'the lab is down');
  const admin = KubeApi.asAdmin(labPaths(name).folder);
  try {
    // A plain lab's Envoys count no requests by themselves.
    await admin.apply(requestMetricsFilter());
    await traceEverything(admin, endpoints, 'alerts');
  } finally {
    admin.close();
  }
  const ruleFolder = join(folder, 'loaded');
  mkdirSync(ruleFolder);
  const prometheus = await startPrometheus(
    {
      folder: join(folder, 'prometheus'),
      targets: [],
      nativeHistograms: false,
      jobs: envoyJobs(layoutOf(state)),
      ruleFiles: [join(ruleFolder, '*.yaml')],
    },
    signal,
  );
  try {
    await checkFiring(checks, {
      name,
      frontend: endpoints.frontend,
      prometheusUrl: prometheus.url,
      ruleFolder,
      signal,
    });
  } finally {
    await prometheus.stop();
  }
}

/**
 * Lints generated rules with promtool, unit-tests each kind with promtool's rule tests,
 * and makes them fire and resolve on a lab of its own.
 *
 * @returns true when every check passed
 */
export async function runAlertCheck(
  options: AlertCheckOptions,
): Promise<boolean> {
  const checks = CheckList.create(options.print);
  const folder = mkdtempSync(join(tmpdir(), 'mesh-tracing-alerts-'));
  try {
    await checkLint(checks, join(folder, 'lint'));
    await checkRuleTests(checks, join(folder, 'tests'));
    await withOwnLab(options.lab, () => checkOnLab(checks, folder, options));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return checks.finish();
}

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { KubeApi } from '../kubernetes/KubeApi';
import { isBlockFree } from '../layout/claimBlock';
import { labPaths, LAB_VARIABLE, readLabState } from '../lifecycle/LabState';
import { labStatus } from '../lifecycle/labStatus';
import { startLab } from '../lifecycle/startLab';
import { stopLab } from '../lifecycle/stopLab';
import {
  findByEnvironment,
  identifyProcess,
  stopProcess,
} from '../process/processes';
import { CheckList } from '../checks/CheckList';
import { checkMesh } from './meshChecks';

/** How a selftest runs. */
export interface SelftestOptions {
  signal: AbortSignal;
  print: (line: string) => void;
}

async function assertNothingLeft(name: string, block: string): Promise<void> {
  const { folder, lock, cancel } = labPaths(name);
  assert.deepEqual(findByEnvironment(LAB_VARIABLE, folder), []);
  for (const path of [folder, lock, cancel]) {
    assert.ok(!existsSync(path), `${path} is still there`);
  }
  assert.ok(await isBlockFree(block), `something still listens in ${block}`);
}

/** Gives up the start of a second lab while the first one runs. */
async function checkInterrupt(checks: CheckList, first: string): Promise<void> {
  const name = `${first}-b`;
  await checks.check(
    'a second start is interrupted, nothing stays',
    async () => {
      const controller = new AbortController();
      let block = '';
      await assert.rejects(
        startLab({
          name,
          signal: controller.signal,
          log: line => {
            if (line.includes('kube-apiserver ready')) {
              block = readLabState(labPaths(name).folder)?.block ?? '';
              controller.abort(new Error('interrupted'));
            }
          },
        }),
        /interrupted/,
      );
      assert.notEqual(block, '');
      assert.notEqual(block, readLabState(labPaths(first).folder)?.block);
      await assertNothingLeft(name, block);
    },
  );
  await checks.check('another process stops a start', async () => {
    let stopped: Promise<void> | undefined;
    const start = startLab({
      name,
      log: line => {
        if (line.includes('certificates')) {
          stopped = stopLab(name);
        }
      },
    });
    await assert.rejects(start, /cancelled/);
    await stopped;
    assert.equal(labStatus(name).state, 'down');
  });
}

async function checkRepair(checks: CheckList, name: string): Promise<void> {
  await checks.check('up starts again what has died', async () => {
    const jaeger = () =>
      labStatus(name).components.find(component => component.name === 'jaeger');
    const { pid } = jaeger() ?? {};
    assert.ok(pid, 'no process of Jaeger');
    await stopProcess(identifyProcess(pid) ?? assert.fail(), 0);
    assert.equal(labStatus(name).state, 'degraded');
    assert.equal((await startLab({ name })).state, 'up');
    assert.notEqual(jaeger()?.pid, pid);
  });
}

async function checkIdempotence(
  checks: CheckList,
  name: string,
): Promise<void> {
  await checks.check('a second up changes nothing', async () => {
    const pids = () => labStatus(name).components.map(({ pid }) => pid);
    const before = pids();
    assert.equal((await startLab({ name })).state, 'up');
    assert.deepEqual(pids(), before);
  });
}

/**
 * Starts a lab of its own, checks what labs are for, stops it, and checks that
 * nothing of it is left.
 *
 * @returns true when every check passed
 */
export async function selftest(options: SelftestOptions): Promise<boolean> {
  const { signal, print } = options;
  const name = `selftest-${process.pid}`;
  const checks = CheckList.create(print);
  try {
    const isUp = await checks.check('the lab starts', async () => {
      const startMs = Date.now();
      const { state } = await startLab({ name, signal });
      assert.equal(state, 'up');
      return `${((Date.now() - startMs) / 1000).toFixed(1)} s`;
    });
    const { endpoints } = labStatus(name);
    if (isUp && endpoints) {
      const portal = KubeApi.fromKubeconfig(endpoints.kubeconfig.portal);
      try {
        await checkMesh({ name, endpoints, portal, checks });
      } finally {
        portal.close();
      }
      await checkIdempotence(checks, name);
      await checkRepair(checks, name);
      await checkInterrupt(checks, name);
    }
    const block = readLabState(labPaths(name).folder)?.block;
    await checks.check('the lab stops and leaves nothing', async () => {
      const startMs = Date.now();
      await stopLab(name);
      const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
      if (block) {
        await assertNothingLeft(name, block);
      }
      return `${seconds} s`;
    });
  } finally {
    await stopLab(name);
  }
  return checks.finish();
}

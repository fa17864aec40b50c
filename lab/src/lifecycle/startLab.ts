import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPrograms } from '../build/buildPrograms';
import { labComponent } from '../components/labComponents';
import { claimBlock } from '../layout/claimBlock';
import type { LabProfile } from '../layout/LabProfile';
import { withFileLock } from '../process/FileLock';
import { bringUp } from './bringUp';
import { startComponent } from './components';
import { startProcess } from './componentProcess';
import {
  labPaths,
  layoutOf,
  readLabState,
  writeLabState,
  type LabPaths,
  type LabState,
} from './LabState';
import { labStatus, type LabStatus } from './labStatus';
import { removeEmptyRoot, tearDown } from './tearDown';

/** Options of a start. @public */
export interface StartLabOptions {
  /** Labs of different names run side by side; `default` unless told. */
  name?: string;
  /** What keeps the traces; `plain` unless told. */
  profile?: LabProfile;
  /** Also run the steady load generator, for at most 12 hours. */
  traffic?: boolean;
  /** Of that load; 20 unless told. */
  requestsPerSecond?: number;
  /** Gives up the start and removes what it began. */
  signal?: AbortSignal;
  /** Gets one line for each step. */
  log?: (line: string) => void;
}

/** Blocks of loopback addresses that other labs of this user have. */
function takenBlocks(root: string): Set<string> {
  const folders = existsSync(root) ? readdirSync(root) : [];
  return new Set(
    folders.flatMap(folder => readLabState(join(root, folder))?.block ?? []),
  );
}

async function claim(
  paths: LabPaths,
  name: string,
  profile: LabProfile,
): Promise<LabState> {
  return withFileLock(join(paths.root, '.claims.lock'), async () => {
    const state: LabState = {
      name,
      block: await claimBlock(name, takenBlocks(paths.root)),
      profile,
      phase: 'starting',
      startedAtMs: Date.now(),
    };
    writeLabState(paths.folder, state);
    return state;
  });
}

/** A signal that also follows a request by `stopLab` in another process. */
function cancellable(paths: LabPaths, outer?: AbortSignal) {
  const controller = new AbortController();
  const cancel = () =>
    controller.abort(outer?.reason ?? new Error('The start was cancelled.'));
  if (outer?.aborted) {
    cancel();
  }
  outer?.addEventListener('abort', cancel);
  const watch = setInterval(() => {
    if (existsSync(paths.cancel)) {
      cancel();
    }
  }, 100);
  return {
    signal: controller.signal,
    dispose: () => {
      clearInterval(watch);
      outer?.removeEventListener('abort', cancel);
    },
  };
}

function startTraffic(
  { folder }: LabPaths,
  state: LabState,
  requestsPerSecond?: number,
): void {
  // Remembered, so that a restart of the load alone is the same load.
  writeLabState(folder, { ...state, requestsPerSecond });
  startProcess(
    folder,
    labComponent('traffic', layoutOf(state), folder, requestsPerSecond),
  );
}

async function startFresh(
  paths: LabPaths,
  name: string,
  options: StartLabOptions,
): Promise<void> {
  const { signal, dispose } = cancellable(paths, options.signal);
  const startMs = Date.now();
  try {
    const state = await claim(paths, name, options.profile ?? 'plain');
    await bringUp({
      layout: layoutOf(state),
      folder: paths.folder,
      signal,
      mark: what =>
        options.log?.(
          `${((Date.now() - startMs) / 1000)
            .toFixed(2)
            .padStart(6)} s  ${what}`,
        ),
    });
    signal.throwIfAborted();
    writeLabState(paths.folder, { ...state, phase: 'up' });
  } catch (error) {
    await tearDown(paths);
    throw error;
  } finally {
    dispose();
  }
}

/** A lab keeps what it has: another profile needs another lab. */
function assertSameProfile(name: string, wanted?: LabProfile): void {
  const { state, profile } = labStatus(name);
  if (wanted && state !== 'down' && profile !== wanted) {
    throw new Error(
      `The lab ${name} is there with the profile ${profile}: stop it first ` +
        '(`yarn lab down`), or choose another --name.',
    );
  }
}

/** Starts what a lab has lost; false when it must be started afresh. */
async function isUpOrRepaired(
  name: string,
  log: StartLabOptions['log'],
): Promise<boolean> {
  const { state, components } = labStatus(name);
  // With nothing alive, as after a reboot, its data and tokens are old.
  if (state !== 'degraded' || !components.some(({ alive }) => alive)) {
    return state === 'up';
  }
  try {
    // In the order of the status, which is that of their needs.
    for (const component of components.filter(({ alive }) => !alive)) {
      log?.(`${component.name} had stopped, starting it ...`);
      await startComponent(component.name, name);
    }
    return true;
  } catch (error) {
    log?.(`${error instanceof Error ? error.message : error}`);
    log?.('Starting the lab afresh ...');
    return false;
  }
}

/**
 * Makes sure that a lab runs: builds its programs if they are missing, starts
 * every part and waits until a page comes through the whole mesh. A lab that
 * is up already is left as it is, but for components that have stopped: those
 * are started again. What a crash left behind is removed first.
 * When the start fails or is given up, nothing of it stays.
 *
 * @throws Error that says which part failed, with the end of its log
 * @public
 */
export async function startLab(
  options: StartLabOptions = {},
): Promise<LabStatus> {
  const { name = 'default', profile = 'plain', signal, log } = options;
  const paths = labPaths(name);
  try {
    await buildPrograms({ signal, log, profile });
    await withFileLock(
      paths.lock,
      async () => {
        rmSync(paths.cancel, { force: true });
        assertSameProfile(name, options.profile);
        if (!(await isUpOrRepaired(name, log))) {
          // Also removes processes of a start that was killed early.
          await tearDown(paths);
          await startFresh(paths, name, options);
        }
        const state = readLabState(paths.folder);
        const sends = labStatus(name).components.some(
          component => component.name === 'traffic' && component.alive,
        );
        if (options.traffic && state && !sends) {
          startTraffic(paths, state, options.requestsPerSecond);
        }
      },
      {
        signal,
        onWait: holder =>
          log?.(`Process ${holder.pid} starts or stops this lab, waiting ...`),
      },
    );
  } catch (error) {
    removeEmptyRoot(paths);
    throw error;
  }
  return labStatus(name);
}

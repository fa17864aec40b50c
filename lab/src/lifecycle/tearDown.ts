import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { findByEnvironment, stopProcess } from '../process/processes';
import { recordedProcesses, stopRecordedProcess } from './componentProcess';
import { LAB_VARIABLE, type LabPaths } from './LabState';
import { stopOrder } from './stopOrder';

const STRAY_GRACE_MS = 1000;

/** Ends every process of a lab and removes its folder. Never half. */
export async function tearDown(paths: LabPaths): Promise<void> {
  const { folder } = paths;
  for (const group of stopOrder(recordedProcesses(folder).keys())) {
    await Promise.all(group.map(name => stopRecordedProcess(folder, name)));
  }
  // A start that was killed may not have come to write down its last child.
  const strays = findByEnvironment(LAB_VARIABLE, folder).filter(
    ({ pid }) => pid !== process.pid,
  );
  await Promise.all(strays.map(stray => stopProcess(stray, STRAY_GRACE_MS)));
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Removes the folders above a lab's own when no lab is left in them. */
export function removeEmptyRoot(paths: LabPaths): void {
  for (const folder of [paths.root, dirname(paths.root)]) {
    try {
      if (readdirSync(folder).length === 0) {
        rmdirSync(folder);
      }
    } catch {
      return;
    }
  }
}

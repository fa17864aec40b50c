import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { lockHolder, withFileLock } from '../process/FileLock';
import { labPaths } from './LabState';
import { removeEmptyRoot, tearDown } from './tearDown';

const CANCEL_TIMEOUT_MS = 60_000;

/**
 * Ends a lab and removes all of it: processes, folder, addresses. Does so too
 * when the lab is half up, when parts of it died, or when another process is
 * just starting it (that start is cancelled). With no such lab, does nothing.
 * @public
 */
export async function stopLab(name = 'default'): Promise<void> {
  const paths = labPaths(name);
  if (existsSync(paths.root)) {
    if (lockHolder(paths.lock)) {
      writeFileSync(paths.cancel, '');
    }
    await withFileLock(
      paths.lock,
      async () => {
        rmSync(paths.cancel, { force: true });
        await tearDown(paths);
      },
      { timeoutMs: CANCEL_TIMEOUT_MS },
    );
  } else {
    await tearDown(paths);
  }
  removeEmptyRoot(paths);
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identifyProcess, isAlive, type ProcessIdentity } from './processes';

/** How to wait for a lock that somebody else has. */
export interface LockOptions {
  signal?: AbortSignal;
  /** Called once when the lock is not free at first. */
  onWait?: (holder: ProcessIdentity) => void;
  /** Gives up after this time; without it, waits as long as the holder lives. */
  timeoutMs?: number;
}

function readHolder(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** The living process that holds the lock, if any. */
export function lockHolder(path: string): ProcessIdentity | undefined {
  const holder = readHolder(path);
  return holder && isAlive(holder) ? holder : undefined;
}

function tryLock(path: string): boolean {
  // Each time: whoever had the lock may have removed an empty folder.
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, JSON.stringify(identifyProcess(process.pid)), {
      flag: 'wx',
      mode: 0o600,
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
    return false;
  }
}

async function acquire(path: string, options: LockOptions): Promise<void> {
  const startMs = Date.now();
  let announced = false;
  for (;;) {
    options.signal?.throwIfAborted();
    if (tryLock(path)) {
      return;
    }
    const holder = lockHolder(path);
    if (!holder) {
      // An unreadable file may be one that is being written: look twice.
      await delay(100);
      if (!lockHolder(path)) {
        rmSync(path, { force: true });
      }
      continue;
    }
    if (!announced) {
      announced = true;
      options.onWait?.(holder);
    }
    if (options.timeoutMs && Date.now() - startMs > options.timeoutMs) {
      throw new Error(
        `Process ${holder.pid} still holds ${path}. End it, then try again.`,
      );
    }
    await delay(50);
  }
}

/**
 * Runs one holder of a lock file at a time, across processes. A lock whose
 * holder died is taken over.
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  await acquire(path, options);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A process and when it started, in clock ticks since boot: together they
 * name one process for good, where a pid alone may be given out again.
 */
export interface ProcessIdentity {
  pid: number;
  startTicks: number;
}

function readStat(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** The identity of a living process; undefined if there is none. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const fields = readStat(pid);
  return fields && fields[0] !== 'Z'
    ? { pid, startTicks: Number(fields[19]) }
    : undefined;
}

/** False also for a zombie and for another process with the same pid. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startTicks === identity.startTicks;
}

/** Resident memory of a process in mebibytes; 0 if it is gone. */
export function residentMebibytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processes of this user whose environment has exactly this variable. */
export function findByEnvironment(
  variable: string,
  value: string,
): ProcessIdentity[] {
  const wanted = `${variable}=${value}`;
  return readdirSync('/proc')
    .filter(entry => /^\d+$/.test(entry))
    .filter(pid => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return environment.split('\0').includes(wanted);
      } catch {
        return false;
      }
    })
    .flatMap(pid => identifyProcess(Number(pid)) ?? []);
}

function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    process.kill(identity.pid, name);
  } catch {
    // Gone between the look and the signal: what was wanted.
  }
}

async function waitForEnd(
  identity: ProcessIdentity,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(identity)) {
    if (Date.now() >= deadline) {
      return false;
    }
    await delay(10);
  }
  return true;
}

/** Asks a process to end (SIGTERM) and, after the grace time, makes it. */
export async function stopProcess(
  identity: ProcessIdentity,
  graceMs: number,
): Promise<void> {
  if (!isAlive(identity)) {
    return;
  }
  signal(identity, 'SIGTERM');
  if (!(await waitForEnd(identity, graceMs))) {
    await killProcess(identity);
  }
}

/** Ends a process without warning (SIGKILL). */
export async function killProcess(identity: ProcessIdentity): Promise<void> {
  if (isAlive(identity)) {
    signal(identity, 'SIGKILL');
    await waitForEnd(identity, 5000);
  }
}

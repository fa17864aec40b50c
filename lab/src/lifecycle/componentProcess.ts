import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ComponentSpec } from '../components/ComponentSpec';
import {
  identifyProcess,
  isAlive,
  killProcess,
  stopProcess,
  type ProcessIdentity,
} from '../process/processes';
import { LAB_VARIABLE } from './LabState';
import { stopGraceMs } from './stopOrder';

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 25;
const identitySchema = z.object({ pid: z.number(), startTicks: z.number() });

function pidFile(stateFolder: string, name: string): string {
  return join(stateFolder, 'pid', `${name}.json`);
}

/** Where a component's output goes. */
export function logFile(stateFolder: string, name: string): string {
  return join(stateFolder, 'log', `${name}.log`);
}

/** The recorded processes of a lab by component, dead ones included. */
export function recordedProcesses(
  stateFolder: string,
): Map<string, ProcessIdentity> {
  const found = new Map<string, ProcessIdentity>();
  let files: string[] = [];
  try {
    files = readdirSync(join(stateFolder, 'pid'));
  } catch {
    return found;
  }
  for (const file of files.sort()) {
    try {
      const text = readFileSync(join(stateFolder, 'pid', file), 'utf8');
      const name = file.replace(/\.json$/, '');
      found.set(name, identitySchema.parse(JSON.parse(text)));
    } catch {
      // Cut short by a crash: the search by environment finds the process.
    }
  }
  return found;
}

/** Starts a component in a session of its own and records its process. */
export function startProcess(
  stateFolder: string,
  spec: ComponentSpec,
): ProcessIdentity {
  mkdirSync(join(stateFolder, 'pid'), { recursive: true });
  mkdirSync(join(stateFolder, 'log'), { recursive: true });
  const log = openSync(logFile(stateFolder, spec.name), 'a');
  try {
    const child = spawn(spec.command, spec.args, {
      cwd: stateFolder,
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env.PATH,
        HOME: stateFolder,
        [LAB_VARIABLE]: stateFolder,
        ...spec.env,
      },
    });
    child.on('error', () => undefined);
    child.unref();
    const identity = child.pid ? identifyProcess(child.pid) : undefined;
    if (!identity) {
      throw new Error(`${spec.name} could not be started: ${spec.command}`);
    }
    writeFileSync(pidFile(stateFolder, spec.name), JSON.stringify(identity));
    return identity;
  } finally {
    closeSync(log);
  }
}

function logTail(stateFolder: string, name: string): string {
  const lines = readFileSync(logFile(stateFolder, name), 'utf8').trimEnd();
  return lines.split('\n').slice(-8).join('\n  ');
}

/**
 * Polls until a condition holds.
 *
 * @throws Error that names `what` when the time is over
 */
export async function waitUntil(
  what: string,
  condition: () => Promise<boolean>,
  signal?: AbortSignal,
  timeoutMs = READY_TIMEOUT_MS,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await condition().catch(() => false)) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`The lab waited ${timeoutMs / 1000} s for ${what}.`);
    }
    await delay(POLL_MS);
  }
}

/**
 * Waits until a started component does its work.
 *
 * @throws Error with the end of its log when it dies or takes too long
 */
export async function waitUntilReady(
  stateFolder: string,
  spec: ComponentSpec,
  identity: ProcessIdentity,
  signal?: AbortSignal,
): Promise<void> {
  const withLog = (message: string) =>
    new Error(
      `${message} The end of its log:\n  ${logTail(stateFolder, spec.name)}`,
    );
  let died = false;
  await waitUntil(
    spec.name,
    async () => {
      died = !isAlive(identity);
      return died || spec.ready();
    },
    signal,
  ).catch(error => {
    signal?.throwIfAborted();
    throw withLog(error.message);
  });
  if (died || !isAlive(identity)) {
    throw withLog(`${spec.name} ended while it started.`);
  }
}

/** Ends a component and forgets its process. */
export async function stopRecordedProcess(
  stateFolder: string,
  name: string,
): Promise<void> {
  const identity = recordedProcesses(stateFolder).get(name);
  if (identity) {
    await stopProcess(identity, stopGraceMs(name));
  }
  rmSync(pidFile(stateFolder, name), { force: true });
}

/** Ends a component without warning and forgets its process. */
export async function killRecordedProcess(
  stateFolder: string,
  name: string,
): Promise<void> {
  const identity = recordedProcesses(stateFolder).get(name);
  if (identity) {
    await killProcess(identity);
  }
  rmSync(pidFile(stateFolder, name), { force: true });
}

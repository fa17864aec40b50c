import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  findByEnvironment,
  identifyProcess,
  isAlive,
  residentMebibytes,
  stopProcess,
  type ProcessIdentity,
} from './processes';

const children: ChildProcess[] = [];

async function child(
  script: string,
  env: Record<string, string> = {},
): Promise<ProcessIdentity> {
  const started = spawn(
    process.execPath,
    ['-e', `${script}; setInterval(() => {}, 1000); console.log('ready')`],
    { env, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  children.push(started);
  await once(started.stdout, 'data');
  const identity = identifyProcess(started.pid ?? 0);
  if (!identity) {
    throw new Error('the child did not start');
  }
  return identity;
}

afterEach(() => {
  children.splice(0).forEach(started => started.kill('SIGKILL'));
});

describe('processes', () => {
  it('knows a living process and its memory', () => {
    const identity = identifyProcess(process.pid);

    expect(identity && isAlive(identity)).toBe(true);
    expect(residentMebibytes(process.pid)).toBeGreaterThan(1);
  });

  it('does not take another process with the same pid for it', () => {
    const identity = { pid: process.pid, startTicks: 1 };

    expect(isAlive(identity)).toBe(false);
  });

  it('leaves another process with the same pid alone', async () => {
    const identity = await child('');

    await stopProcess({ ...identity, startTicks: 1 }, 0);

    expect(isAlive(identity)).toBe(true);
  });

  it('lets a process end by itself', async () => {
    const identity = await child('');

    await stopProcess(identity, 10_000);

    expect(isAlive(identity)).toBe(false);
  });

  it('kills a process that does not listen', async () => {
    const identity = await child("process.on('SIGTERM', () => {})");

    await stopProcess(identity, 50);

    expect(isAlive(identity)).toBe(false);
  });

  it('finds processes by a variable of their environment', async () => {
    const value = `/labs/${process.pid}`;
    const identity = await child('', { MESH_TRACING_TEST: value });
    await child('', { MESH_TRACING_TEST: `${value}-other` });

    expect(findByEnvironment('MESH_TRACING_TEST', value)).toEqual([identity]);
  });
});

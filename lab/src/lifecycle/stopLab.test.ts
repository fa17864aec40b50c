import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabProfile } from '../layout/LabProfile';
import { identifyProcess, isAlive } from '../process/processes';
import { labPaths, LAB_VARIABLE, writeLabState } from './LabState';
import { labStatus } from './labStatus';
import { stopLab } from './stopLab';

describe('a lab without its programs', () => {
  const stateHome = process.env.XDG_STATE_HOME;
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'lab-state-'));
    process.env.XDG_STATE_HOME = home;
  });
  afterEach(() => {
    if (stateHome === undefined) {
      delete process.env.XDG_STATE_HOME;
    } else {
      process.env.XDG_STATE_HOME = stateHome;
    }
    rmSync(home, { recursive: true });
  });

  function writeState(
    phase: 'starting' | 'up',
    profile: LabProfile = 'plain',
  ): string {
    const { folder } = labPaths('a');
    const state = {
      name: 'a',
      block: '127.93.7',
      profile,
      phase,
      startedAtMs: 1,
    };
    writeLabState(folder, state);
    return folder;
  }

  async function startLeftover(folder: string) {
    const child = spawn(
      process.execPath,
      ['-e', "setInterval(() => {}, 1000); console.log('ready')"],
      {
        env: { [LAB_VARIABLE]: folder },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    await once(child.stdout, 'data');
    const identity = identifyProcess(child.pid ?? 0);
    return identity ?? Promise.reject(new Error('the child did not start'));
  }

  it('is down, and stopping it changes nothing', async () => {
    expect(labStatus('a').state).toBe('down');
    expect(labStatus('a').endpoints).toBeUndefined();

    await stopLab('a');

    expect(readdirSync(home)).toEqual([]);
  });

  it('refuses names that could lead out of its folder', () => {
    for (const name of ['', '../a', 'a/b', 'A', '.claims']) {
      expect(() => labStatus(name)).toThrow(/can't name a lab/);
    }
  });

  it('tells where things will be while it starts', () => {
    const folder = writeState('starting');
    const { state, endpoints } = labStatus('a');

    expect(state).toBe('starting');
    expect(endpoints).toMatchObject({
      kubeconfig: { portal: join(folder, 'portal.kubeconfig') },
      jaegerQuery: 'http://127.93.7.2:16686',
      frontend: 'http://127.93.7.10:9080/productpage',
      gateway: 'http://127.93.7.3:8080/productpage',
      envoyAdmin: { 'frontend-v1': 'http://127.93.7.10:15000' },
    });
  });

  it('tells each part of a trace store that has several', () => {
    writeState('up', 'production');
    const { profile, components, endpoints } = labStatus('a');

    expect(profile).toBe('production');
    expect(components.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'opensearch-1',
        'opensearch-2',
        'opensearch-3',
        'jaeger-collector-1',
        'jaeger-collector-2',
        'jaeger-query',
        'prometheus',
      ]),
    );
    expect(components.map(({ name }) => name)).not.toContain('jaeger');
    expect(endpoints).toMatchObject({
      otlpHttp: 'http://127.93.7.5:4318',
      production: { prometheus: 'http://127.93.7.4:9090' },
    });
  });

  it('is degraded when components died, and stops all the same', async () => {
    const folder = writeState('up');
    mkdirSync(join(folder, 'pid'));
    writeFileSync(
      join(folder, 'pid', 'jaeger.json'),
      JSON.stringify({ pid: process.pid, startTicks: 1 }),
    );
    writeFileSync(join(folder, 'pid', 'etcd.json'), '{"pid":');

    const { state, components } = labStatus('a');
    expect(state).toBe('degraded');
    expect(components.every(({ alive }) => !alive)).toBe(true);

    await stopLab('a');
    expect(readdirSync(home)).toEqual([]);
  });

  it('stops processes that nobody wrote down', async () => {
    const folder = writeState('starting');
    const leftover = await startLeftover(folder);

    await stopLab('a');

    expect(isAlive(leftover)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });
});

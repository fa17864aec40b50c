import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterConnection } from './ClusterConnection';

function kubeconfig(server: string, token: string, context = 'c'): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [
      { name: 'c', cluster: { server } },
      { name: 'd', cluster: { server: 'https://other.example.com' } },
    ],
    users: [{ name: 'u', user: { token } }],
    contexts: [
      { name: 'c', context: { cluster: 'c', user: 'u' } },
      { name: 'd', context: { cluster: 'd', user: 'u' } },
    ],
  });
}

describe('ClusterConnection', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cluster-connection-'));
    path = join(folder, 'file');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('uses the current context of a kubeconfig, or another one', async () => {
    writeFileSync(path, kubeconfig('https://api.example.com/', 't'));
    const current = ClusterConnection.create({ type: 'kubeconfig', path });
    expect(await current.options()).toMatchObject({
      server: 'https://api.example.com',
      headers: { Authorization: 'Bearer t' },
    });
    const other = ClusterConnection.create({
      type: 'kubeconfig',
      path,
      context: 'd',
    });
    expect((await other.options()).server).toBe('https://other.example.com');
  });

  it('reads a kubeconfig again when it changed, and keeps the former one while it is broken', async () => {
    writeFileSync(path, kubeconfig('https://api.example.com', 'old'));
    const connection = ClusterConnection.create({ type: 'kubeconfig', path });
    const before = await connection.options();
    expect(await connection.options()).toHaveProperty('agent', before.agent);

    writeFileSync(path, '{ half');
    expect((await connection.options()).headers.Authorization).toBe(
      'Bearer old',
    );

    writeFileSync(path, kubeconfig('https://moved.example.com', 'newer'));
    const after = await connection.options();
    expect(after.headers.Authorization).toBe('Bearer newer');
    expect(after.server).toBe('https://moved.example.com');
    expect(after.agent).not.toBe(before.agent);
  });

  it('reads the token file each time, without its line end', async () => {
    writeFileSync(path, 'first\n');
    const connection = ClusterConnection.create({
      type: 'serviceAccount',
      url: 'https://api.example.com',
      tokenFile: path,
    });
    expect((await connection.options()).headers.Authorization).toBe(
      'Bearer first',
    );
    writeFileSync(path, 'second\n');
    expect((await connection.options()).headers.Authorization).toBe(
      'Bearer second',
    );
    rmSync(path);
    await expect(connection.options()).rejects.toMatchObject({
      kind: 'credentials',
    });
  });

  it.each([
    ['no file', undefined, undefined, /could not be read; check the path/],
    ['no kubeconfig', 'nonsense: [', undefined, /could not be read/],
    [
      'no such context',
      kubeconfig('https://x', 't'),
      'e',
      /has no context 'e'; it has c, d/,
    ],
    [
      'no current context',
      kubeconfig('https://x', 't', ''),
      undefined,
      /has no current cluster/,
    ],
    [
      'plain http to another machine',
      kubeconfig('http://api.example.com', 'the-token'),
      undefined,
      /in the clear; use https/,
    ],
  ])('refuses a kubeconfig with %s', (_, content, context, message) => {
    if (content) {
      writeFileSync(path, content);
    }
    const create = () =>
      ClusterConnection.create({
        type: 'kubeconfig',
        path,
        ...(context ? { context } : {}),
      });
    expect(create).toThrow(message);
    expect(create).not.toThrow(/the-token/);
  });

  it('says that a connection inCluster works only in a pod', () => {
    const { KUBERNETES_SERVICE_HOST } = process.env;
    delete process.env.KUBERNETES_SERVICE_HOST;
    try {
      expect(() => ClusterConnection.create({ type: 'inCluster' })).toThrow(
        /works in a Kubernetes pod only/,
      );
    } finally {
      if (KUBERNETES_SERVICE_HOST !== undefined) {
        process.env.KUBERNETES_SERVICE_HOST = KUBERNETES_SERVICE_HOST;
      }
    }
  });
});

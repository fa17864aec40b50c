import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigReader } from '@backstage/config';
import { generate } from 'selfsigned';
import { mockLogger } from '../../testing/services/mockLogger';
import { readTraceStoreConfigs } from '../config/readTraceStoreConfigs';
import { JaegerTraceStore } from '../JaegerTraceStore';
import { fakeJaeger } from '../../testing/tracestore/fakeJaeger';
import { shopTraces } from '../../testing/tracestore/traces';

async function certificates() {
  const common = {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 86_400_000),
  } as const;
  const authority = await generate([{ name: 'commonName', value: 'own-ca' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const serving = await generate([{ name: 'commonName', value: 'jaeger' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  return { authority, serving };
}

describe('a trace store behind TLS', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'mesh-tracing-tls-'));
  const stops: Array<() => Promise<void>> = [];
  let url: string;
  let caFile: string;

  beforeAll(async () => {
    const { authority, serving } = await certificates();
    caFile = path.join(directory, 'ca.pem');
    writeFileSync(caFile, authority.cert);
    const handle = fakeJaeger({ traces: shopTraces(3), version: '2.13' });
    const server = createServer(
      { key: serving.private, cert: serving.cert },
      (request, response) => {
        const asked = new URL(request.url ?? '/', 'https://127.0.0.1');
        Promise.resolve(handle(request, response, asked)).catch(error =>
          response.destroy(error),
        );
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stops.push(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
  });

  afterAll(async () => {
    await Promise.all(stops.map(stop => stop()));
    rmSync(directory, { recursive: true });
  });

  function storeWith(tls: object | undefined) {
    const [config] = readTraceStoreConfigs(
      new ConfigReader({
        meshTracing: {
          traceStores: [{ name: 'main', jaeger: { url, ...(tls && { tls }) } }],
        },
      }),
    );
    const store = JaegerTraceStore.create(
      config as NonNullable<typeof config>,
      mockLogger(),
    );
    stops.unshift(() => store.stop());
    return store;
  }

  it('is reached with its own certificate authority', async () => {
    await expect(storeWith({ caFile }).services()).resolves.toEqual(['a', 'b']);
  });

  it('is refused without that authority, and the message says what to configure', async () => {
    const error = await storeWith(undefined)
      .services()
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/Trace store 'main'.*(certificate|TLS)/),
    });
    expect((error as Error).message).toContain('tls.caFile');
  });

  it('is reached without a check of its certificate where insecureSkipVerify is set', async () => {
    const store = storeWith({ insecureSkipVerify: true });
    await expect(store.services()).resolves.toEqual(['a', 'b']);
  });
});

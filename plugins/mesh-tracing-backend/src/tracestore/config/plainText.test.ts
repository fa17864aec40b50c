import { ConfigReader } from '@backstage/config';
import { mockLogger } from '../../testing/services/mockLogger';
import { createTraceStores } from './createTraceStores';
import { readTraceStoreConfigs } from './readTraceStoreConfigs';

type Json = Record<string, unknown>;

const FAR = 'http://store.tracing:16686';
const TOKEN = { auth: { type: 'bearer', token: 'hush-1' } };
const PASSWORD = { auth: { type: 'basic', username: 'u', password: 'hush-2' } };

const configOf = (jaeger: Json, prometheus?: Json) =>
  new ConfigReader({
    meshTracing: {
      traceStores: [
        {
          name: 'main',
          jaeger,
          ...(prometheus && {
            prometheus: { metrics: 'istio', ...prometheus },
          }),
        },
      ],
    },
  } as never);

describe('credentials of a trace store over plain http to another machine', () => {
  it.each<[string, Json, string]>([
    ['a bearer token', TOKEN, 'the bearer token'],
    ['a password', PASSWORD, 'the password'],
    [
      'a header that carries credentials',
      { headers: { Authorization: 'Bearer hush-3' } },
      "header 'Authorization'",
    ],
    [
      'a header that is named like a secret',
      { headers: { 'X-Acme-Token': 'hush-4' } },
      "header 'X-Acme-Token'",
    ],
    [
      'a header that holds a credential, whatever its name',
      { headers: { 'X-Acme': 'Basic aHVzaDpodXNo' } },
      "header 'X-Acme'",
    ],
  ])('stop the start: %s, to Jaeger or Prometheus', (_, credentials, sends) => {
    const jaeger = configOf({ url: FAR, ...credentials });
    const prometheus = configOf({ url: FAR }, { url: FAR, ...credentials });
    for (const [config, part] of [
      [jaeger, 'jaeger'],
      [prometheus, 'prometheus'],
    ] as const) {
      const read = () => readTraceStoreConfigs(config);
      expect(read).toThrow(
        `meshTracing.traceStores[0].${part}.url is http, which would send ${sends} in the clear; use https, or say allowPlainText: true`,
      );
      expect(read).not.toThrow(/hush/);
    }
  });

  it('go where the site says allowPlainText, and only there, with a warning at each start', async () => {
    const logger = mockLogger();
    const stores = createTraceStores(
      configOf(
        { url: FAR, ...TOKEN, allowPlainText: true },
        { url: FAR, ...PASSWORD, allowPlainText: true },
      ),
      { logger },
    );
    expect(stores).toHaveLength(1);
    await Promise.all(stores.map(store => store.stop?.()));
    expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
      expect.stringMatching(
        /^Trace store 'main' is reached by plain http.*the bearer token can be read/,
      ),
      expect.stringMatching(
        /^Prometheus of trace store 'main' is reached by plain http.*the password/,
      ),
    ]);
    expect(() =>
      readTraceStoreConfigs(
        configOf(
          { url: FAR, ...TOKEN, allowPlainText: true },
          { url: FAR, ...PASSWORD },
        ),
      ),
    ).toThrow('prometheus.url is http');
  });

  it.each([
    'https://store.tracing',
    'http://localhost:16686',
    'http://127.0.0.1:16686',
    'http://127.8.8.8:16686',
    'http://[::1]:16686',
  ])('are no matter at %s', async url => {
    const logger = mockLogger();
    const [store] = createTraceStores(configOf({ url, ...TOKEN }), { logger });
    await store?.stop?.();
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each([
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://0.0.0.0:16686',
    'http://192.168.0.1',
    'http://[fe80::1]',
  ])('are not at %s, which is another machine', url => {
    expect(() => readTraceStoreConfigs(configOf({ url, ...TOKEN }))).toThrow(
      'is http',
    );
  });

  it('are none without a credential, headers of tenants included', () => {
    const headers = { 'X-Scope-OrgID': 'shop', 'X-Tenant': 'shop' };
    expect(
      readTraceStoreConfigs(
        configOf(
          { url: FAR, headers, tenant: { value: 'shop' } },
          { url: FAR, auth: { type: 'none' } },
        ),
      ),
    ).toHaveLength(1);
  });
});

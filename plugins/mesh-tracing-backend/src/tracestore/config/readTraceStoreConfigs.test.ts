import { ConfigReader } from '@backstage/config';
import { readTraceStoreConfigs } from './readTraceStoreConfigs';

function read(...traceStores: object[]) {
  return readTraceStoreConfigs(
    new ConfigReader({ meshTracing: { traceStores } } as never),
  );
}

const url = 'http://jaeger:16686';

describe('readTraceStoreConfigs', () => {
  it('is empty without configuration', () => {
    expect(readTraceStoreConfigs(new ConfigReader({}))).toEqual([]);
  });

  it('reads everything', () => {
    expect(
      read({
        name: 'main',
        jaeger: {
          url,
          externalUrl: 'https://traces.example.com',
          basePath: '/jaeger',
          auth: { type: 'basic', username: 'u', password: 'p' },
          tenant: { value: 'blue' },
          headers: { 'x-extra': 'y' },
          allowPlainText: true,
          tls: { insecureSkipVerify: true },
          timeout: { seconds: 3 },
          concurrency: 2,
          maxBodyBytes: 4096,
          maxTraceSpans: 5000,
          dialect: 'v3',
          latencyUnit: 's',
        },
        prometheus: {
          url: 'https://prometheus:9090',
          metrics: 'istio',
          auth: { type: 'bearer', token: 't' },
          timeout: '2s',
        },
      }),
    ).toEqual([
      {
        name: 'main',
        url,
        externalUrl: 'https://traces.example.com',
        basePath: '/jaeger',
        auth: { type: 'basic', username: 'u', password: 'p' },
        tenant: { value: 'blue' },
        headers: { 'x-extra': 'y' },
        allowPlainText: true,
        tls: { insecureSkipVerify: true },
        timeoutMs: 3000,
        concurrency: 2,
        maxBodyBytes: 4096,
        maxTraceSpans: 5000,
        dialect: 'v3',
        latencyUnit: 's',
        prometheus: {
          url: 'https://prometheus:9090',
          metrics: 'istio',
          auth: { type: 'bearer', token: 't' },
          timeoutMs: 2000,
        },
      },
    ]);
  });

  it.each([
    [[{ jaeger: { url } }], '[0].name is missing'],
    [
      [
        { name: 'a', jaeger: { url } },
        { name: 'a', jaeger: { url } },
      ],
      "[1].name 'a' is taken",
    ],
    [[{ name: 'a' }], '[0].jaeger is missing'],
    [[{ name: 'a', jaeger: {} }], '[0].jaeger.url is missing'],
    [[{ name: 'a', jaeger: { url: 'jaeger' } }], '[0].jaeger.url is not'],
    [
      [{ name: 'a', jaeger: { url: 'http://u:hunter2@x' } }],
      '[0].jaeger.url holds credentials',
    ],
    [
      [{ name: 'a', jaeger: { url, auth: { token: 'x' } } }],
      '[0].jaeger.auth.type is missing',
    ],
    [
      [{ name: 'a', jaeger: { url, auth: { type: 'bearer' } } }],
      '[0].jaeger.auth.token is missing',
    ],
    [
      [{ name: 'a', jaeger: { url, timeout: 'soon' } }],
      '[0].jaeger.timeout is not a duration',
    ],
    [
      [{ name: 'a', jaeger: { url, concurrency: 0 } }],
      '[0].jaeger.concurrency is 0',
    ],
    [
      [{ name: 'a', jaeger: { url, dialect: 'v9' } }],
      "[0].jaeger.dialect is 'v9'",
    ],
    [
      [{ name: 'a', jaeger: { url }, prometheus: { url } }],
      '[0].prometheus.metrics is missing',
    ],
    [
      [
        {
          name: 'a',
          jaeger: { url },
          prometheus: { url, metrics: 'spanmetrics', prefix: 'x{' },
        },
      ],
      '[0].prometheus.prefix is not',
    ],
    ...(
      [
        [{ counter: 'a b' }, 'counter is not a metric name'],
        [{ histogram: 'x_bucket' }, 'histogram is a series of it'],
        [
          { labels: { workload: 'app-name' } },
          "labels.workload has 'app-name'",
        ],
        [{ labels: { service: 'app' } }, 'labels.service has no meaning with'],
        [{ selector: { 'a"b': 'x' } }, "selector has 'a\"b'"],
        [{ selector: { a: 1 } }, 'selector.a is not a text'],
      ] as Array<[object, string]>
    ).map(([patch, message]): [object[], string] => [
      [
        {
          name: 'a',
          jaeger: { url },
          prometheus: { url, metrics: 'istio', ...patch },
        },
      ],
      `[0].prometheus.${message}`,
    ]),
    [
      [{ name: 'a', jaeger: { url, tls: { caFile: '/does/not/exist' } } }],
      '[0].jaeger.tls.caFile can not be read (ENOENT)',
    ],
  ])('refuses %j', (stores, message) => {
    let error: unknown;
    try {
      read(...stores);
    } catch (thrown) {
      error = thrown;
    }
    expect(String(error)).toContain(
      `Configuration meshTracing.traceStores${message}`,
    );
    expect(String(error)).not.toContain('hunter2');
  });
});

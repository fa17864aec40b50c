import { gzipSync } from 'node:zlib';
import { mockServices } from '@backstage/backend-test-utils';
import { JaegerTraceStore } from './JaegerTraceStore';
import type { JaegerStoreConfig } from './JaegerStoreConfig';
import { fakeJaeger, type FakeJaegerOptions } from './testUtils/fakeJaeger';
import {
  MisbehavingServer,
  sendJson,
  sendPage,
  sendText,
  type Handler,
} from './testUtils/MisbehavingServer';
import { otlpJson } from './testUtils/traceJson';
import { shopTraces, wholeWindow } from './testUtils/traces';

const sendPageOnly: Handler = (_, response) => sendPage(response);
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));

const stops: Array<() => Promise<void>> = [];
const logger = mockServices.logger.mock();

afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
});

async function serve(handler: Handler): Promise<MisbehavingServer> {
  const server = await MisbehavingServer.start(handler);
  stops.push(() => server.stop());
  return server;
}

function storeAt(
  server: MisbehavingServer,
  config: Partial<JaegerStoreConfig> = {},
): JaegerTraceStore {
  const store = JaegerTraceStore.create(
    { name: 'main', url: server.url, ...config },
    logger,
  );
  stops.push(() => store.stop());
  return store;
}

const VERSIONS: Array<[FakeJaegerOptions['version'], string]> = [
  ['2.21', 'summaries'],
  ['2.19', 'summaries'],
  ['2.13', 'legacy'],
  ['look-alike', 'legacy'],
];
const traces = shopTraces(60);
const query = { services: ['a'], ...wholeWindow(60), limit: 100 };

describe.each(VERSIONS)('JaegerTraceStore against %s', (version, dialect) => {
  const start = async (config: Partial<JaegerStoreConfig> = {}) =>
    storeAt(await serve(fakeJaeger({ traces, version })), config);

  it('finds the dialect', async () => {
    const store = await start();
    await expect(store.status()).resolves.toMatchObject({
      reachable: true,
      dialect,
    });
    await expect(store.services()).resolves.toEqual(['a', 'b']);
    await expect(store.operations('b')).resolves.toEqual(['SELECT']);
    await expect(store.operations('nobody')).resolves.toEqual([]);
  });

  it('finds all traces of a window, newest first, and says so', async () => {
    const { traces: rows, coverage } = await (await start()).search(query);
    expect(rows.map(row => row.traceId)).toEqual(
      [...traces].reverse().map(trace => trace.traceId),
    );
    expect(rows[0]).toEqual({
      traceId: traces[59]?.traceId,
      rootService: 'a',
      rootOperation: 'GET /',
      startTimeMs: 1_790_000_060_000,
      durationUs: 60_000,
      spanCount: 2,
      errorSpanCount: 1,
      orphanSpanCount: 0,
      services: [
        { name: 'a', spanCount: 1, errorSpanCount: 0 },
        { name: 'b', spanCount: 1, errorSpanCount: 1 },
      ],
    });
    expect(coverage).toEqual({
      complete: true,
      fetchedCount: 60,
      matchedCount: 60,
      oldestStartTimeMs: 1_790_000_001_000,
      filteredHere: [],
      failures: [],
    });
  });

  it('returns the newest of a larger number, from where the next page follows', async () => {
    const store = await start();
    const first = await store.search({ ...query, limit: 25 });
    expect(first.traces).toHaveLength(25);
    expect(first.coverage).toMatchObject({ complete: false });
    const seen = new Set(first.traces.map(row => row.traceId));
    let end = first.coverage.oldestStartTimeMs;
    for (let page = 0; page < 3 && end !== undefined; page++) {
      const next = await store.search({ ...query, endTimeMs: end, limit: 25 });
      next.traces.forEach(row => seen.add(row.traceId));
      end = next.coverage.complete
        ? undefined
        : next.coverage.oldestStartTimeMs;
    }
    expect(seen.size).toBe(60);
  });

  it('filters by errors, kind, attributes, operation and durations', async () => {
    const store = await start();
    const count = async (filter: object) =>
      (await store.search({ ...query, ...filter })).traces.length;
    expect(await count({ services: ['b'], errorsOnly: true })).toBe(6);
    expect(await count({ services: ['a'], errorsOnly: true })).toBe(0);
    expect(await count({ services: ['b'], kind: 'client' })).toBe(60);
    expect(await count({ services: ['b'], kind: 'server' })).toBe(0);
    expect(await count({ attributes: { 'http.status_code': '200' } })).toBe(60);
    expect(await count({ attributes: { 'http.status_code': '500' } })).toBe(0);
    expect(await count({ operation: 'GET /' })).toBe(60);
    expect(await count({ services: ['b'], minSpanDurationUs: 25_000 })).toBe(
      11,
    );
  });

  it('filters by the duration of the trace, and says that it did so itself', async () => {
    const { traces: rows, coverage } = await (
      await start()
    ).search({
      ...query,
      minTraceDurationUs: 55_000,
    });
    expect(rows).toHaveLength(6);
    expect(coverage).toMatchObject({
      complete: true,
      fetchedCount: 60,
      matchedCount: 6,
      filteredHere: ['trace duration'],
    });
  });

  it('merges several service names', async () => {
    const { traces: rows, coverage } = await (
      await start()
    ).search({
      ...query,
      services: ['a', 'b', 'nobody'],
    });
    expect(rows).toHaveLength(60);
    expect(coverage).toMatchObject({ complete: true, fetchedCount: 60 });
  });

  it('reads one trace, by either form of its id', async () => {
    const store = await start();
    const [trace] = traces;
    const read = await store.trace((trace?.traceId ?? '').toUpperCase());
    expect(read).toMatchObject({
      traceId: trace?.traceId,
      durationUs: trace?.durationUs,
      spans: [
        { service: 'a' },
        { service: 'b', parentSpanId: '0000000000000001' },
      ],
    });
    await expect(store.trace('abc')).resolves.toBeUndefined();
    await expect(store.trace('../services')).resolves.toBeUndefined();
  });

  it('analyses without handing traces out', async () => {
    const { analysis, coverage } = await (
      await start()
    ).analyze(query, {
      subject: { services: ['a'], workloads: [] },
      ...wholeWindow(60),
      slices: 4,
    });
    expect(coverage.complete).toBe(true);
    expect(analysis).toMatchObject({
      traceCount: 60,
      rootedTraceCount: 60,
      latency: { overall: { count: 60, p50Us: 30_500 } },
      dependencies: {
        edges: [{ from: 'service:a', to: 'service:b', callCount: 60 }],
      },
    });
  });

  it('reads the dependency store', async () => {
    await expect(
      (await start()).dependencies(wholeWindow(60)),
    ).resolves.toEqual([{ parent: 'a', child: 'b', callCount: 3 }]);
  });
});

describe('JaegerTraceStore', () => {
  it('uses v3 without attributes when told to, and filters itself', async () => {
    const store = storeAt(
      await serve(fakeJaeger({ traces, version: '2.13' })),
      {
        dialect: 'v3',
      },
    );
    const { traces: rows, coverage } = await store.search({
      ...query,
      attributes: { 'http.status_code': '200' },
    });
    expect(rows).toHaveLength(60);
    expect(coverage.filteredHere).toEqual(['attributes']);
    await expect(
      store.search({ ...query, services: ['nobody'] }),
    ).resolves.toMatchObject({ traces: [], coverage: { complete: true } });
  });

  it('follows an upgrade: probes again when the API is gone', async () => {
    const server = await serve(fakeJaeger({ traces, version: 'look-alike' }));
    const store = storeAt(server);
    await store.search(query);
    server.behave(fakeJaeger({ traces, version: '2.21' }));
    await expect(store.search(query)).resolves.toMatchObject({
      coverage: { fetchedCount: 60 },
    });
  });

  it.each(['/jaeger', '/jaeger/', 'jaeger'])(
    'takes the base path %s',
    async basePath => {
      const server = await serve(
        fakeJaeger({ traces, version: '2.13', basePath: '/jaeger' }),
      );
      await expect(storeAt(server, { basePath }).services()).resolves.toEqual([
        'a',
        'b',
      ]);
      await expect(
        storeAt(server, { url: `${server.url}/jaeger/` }).services(),
      ).resolves.toEqual(['a', 'b']);
    },
  );

  it.each(['a/b c', 'ünïcode', 'x|y', 'a&b=c#d?e'])(
    'encodes the service name %s',
    async service => {
      const renamed = traces.map(trace => ({
        ...trace,
        spans: trace.spans.map(span => ({ ...span, service })),
      }));
      for (const version of ['2.13', '2.21'] as const) {
        const store = storeAt(
          await serve(fakeJaeger({ traces: renamed, version })),
        );
        const found = await store.search({ ...query, services: [service] });
        expect(found.traces).toHaveLength(60);
        expect(await store.operations(service)).toHaveLength(2);
      }
    },
  );

  it('sends tenant, credentials and headers', async () => {
    const server = await serve(fakeJaeger({ traces, version: '2.21' }));
    await storeAt(server, {
      auth: { type: 'bearer', token: 'secret' },
      tenant: { value: 'shop' },
      headers: { 'X-Custom': 'yes' },
    }).services();
    await storeAt(server, {
      auth: { type: 'basic', username: 'u', password: 'p' },
    }).services();
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer secret',
      'x-tenant': 'shop',
      'x-custom': 'yes',
    });
    expect(
      server.requests[3]?.headers.authorization ??
        server.requests[2]?.headers.authorization,
    ).toBe('Basic dTpw');
  });

  it('makes one request of equal ones, and keeps finished traces', async () => {
    const server = await serve(fakeJaeger({ traces, version: '2.21' }));
    const store = storeAt(server);
    await store.services();
    const before = server.requests.length;
    const id = traces[3]?.traceId ?? '';
    await Promise.all([
      store.trace(id),
      store.trace(id),
      store.search(query),
      store.search(query),
    ]);
    await store.trace(id);
    expect(server.requests.length - before).toBe(2);
  });

  it('bounds the requests under way', async () => {
    let underWay = 0;
    let most = 0;
    const jaeger = fakeJaeger({ traces, version: '2.13' });
    const server = await serve(async (request, response, url) => {
      underWay += 1;
      most = Math.max(most, underWay);
      response.on('close', () => {
        underWay -= 1;
      });
      await new Promise(resolve => setImmediate(resolve));
      await jaeger(request, response, url);
    });
    const services = Array.from({ length: 12 }, (_, i) => `s${i}`);
    await storeAt(server, { concurrency: 2 }).search({ ...query, services });
    expect(most).toBeLessThanOrEqual(2);
  });

  it('asks for less when an answer is too large', async () => {
    const store = storeAt(
      await serve(fakeJaeger({ traces, version: '2.13' })),
      {
        maxBodyBytes: 12_000,
      },
    );
    const { traces: rows, coverage } = await store.search({
      ...query,
      limit: 40,
    });
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(coverage.failures).toEqual([]);
  });

  it('reports a name that fails beside the results of the others', async () => {
    const jaeger = fakeJaeger({ traces, version: '2.13' });
    const server = await serve((request, response, url) =>
      url.searchParams.get('service') === 'bad'
        ? sendText(
            response,
            '{"errors":[{"code":500,"msg":"shard host-7 lost"}]}',
            500,
          )
        : jaeger(request, response, url),
    );
    const { traces: rows, coverage } = await storeAt(server).search({
      ...query,
      services: ['a', 'bad'],
    });
    expect(rows).toHaveLength(60);
    expect(coverage.complete).toBe(false);
    expect(coverage.failures).toEqual([
      {
        service: 'bad',
        message: expect.stringContaining('failed inside its storage'),
      },
    ]);
    expect(coverage.failures[0]?.message).not.toContain('host-7');
  });

  it('searches without durations where they cannot be combined with tags', async () => {
    const jaeger = fakeJaeger({ traces, version: '2.13' });
    const server = await serve((request, response, url) =>
      url.searchParams.has('tags') && url.searchParams.has('minDuration')
        ? sendText(
            response,
            '{"errors":[{"msg":"cannot query for duration and tags simultaneously"}]}',
            500,
          )
        : jaeger(request, response, url),
    );
    const { traces: rows, coverage } = await storeAt(server).search({
      ...query,
      attributes: { 'http.status_code': '200' },
      minSpanDurationUs: 50_000,
    });
    expect(rows).toHaveLength(11);
    expect(coverage.filteredHere).toEqual(['span duration']);
  });

  it('does not trust a store that knows nothing of error tags', async () => {
    const jaeger = fakeJaeger({ traces, version: '2.13' });
    const server = await serve((request, response, url) =>
      url.searchParams.get('tags')?.includes('error')
        ? sendJson(response, { data: [] })
        : jaeger(request, response, url),
    );
    const { traces: rows, coverage } = await storeAt(server).search({
      ...query,
      services: ['b'],
      errorsOnly: true,
    });
    expect(rows).toHaveLength(6);
    expect(coverage.filteredHere).toEqual(['errors']);
  });

  it('misses no trace of a store that sends some in whatever order', async () => {
    const sorted = [...traces].sort((a, b) => a.startTimeUs - b.startTimeUs);
    const server = await serve((_, response, url) => {
      if (url.pathname !== '/api/v3/traces') {
        sendJson(
          response,
          url.pathname === '/api/v3/services' ? {} : { data: [] },
        );
        return;
      }
      const start = Date.parse(
        url.searchParams.get('query.start_time_min') ?? '',
      );
      const end = Date.parse(
        url.searchParams.get('query.start_time_max') ?? '',
      );
      const depth = Number(url.searchParams.get('query.num_traces'));
      const oldestFirst = sorted
        .filter(
          ({ startTimeUs }) =>
            startTimeUs / 1000 >= start && startTimeUs / 1000 <= end,
        )
        .slice(0, depth);
      if (oldestFirst.length > 0) {
        sendJson(response, { result: otlpJson(oldestFirst) });
      } else {
        sendText(
          response,
          '{"error":{"httpCode":404,"message":"No traces found"}}',
          404,
        );
      }
    });
    const store = storeAt(server, { dialect: 'v3' });
    const { traces: rows } = await store.search({ ...query, limit: 10 });
    expect(rows.map(row => row.startTimeMs)).toEqual(
      [...sorted]
        .reverse()
        .slice(0, 10)
        .map(trace => trace.startTimeUs / 1000),
    );
  });

  it('links to the UI by the id that people know', async () => {
    const server = await serve(sendPageOnly);
    const store = storeAt(server, {
      externalUrl: 'https://jaeger.example/ui/',
    });
    expect(store.traceUrl('AB')).toBe(
      'https://jaeger.example/ui/trace/00000000000000ab',
    );
    expect(storeAt(server).traceUrl('ab')).toBeUndefined();
  });
});

const legacyJson = (msg: string, code: number) =>
  JSON.stringify({ data: null, total: 0, errors: [{ code, msg }] });
const v3Json = (message: string, httpCode: number) =>
  JSON.stringify({ error: { httpCode, message } });

describe('what a store may answer', () => {
  const search = (handler: Handler, config: Partial<JaegerStoreConfig> = {}) =>
    serve(handler).then(server =>
      storeAt(server, { dialect: 'legacy', ...config }).search(query),
    );

  it.each<[string, Handler, string, RegExp]>([
    [
      'a web page with status 200',
      sendPageOnly,
      'ServiceUnavailableError',
      /web page instead of JSON.*base path/,
    ],
    [
      'an unknown path',
      (_, r) => sendText(r, '404 page not found', 404),
      'ServiceUnavailableError',
      /something else \(status 404\)/,
    ],
    [
      'nothing',
      (_, r) => {
        r.end();
      },
      'ServiceUnavailableError',
      /empty answer/,
    ],
    [
      'a missing tenant',
      (_, r) => sendText(r, 'missing tenant header', 401),
      'NotAllowedError',
      /wants a tenant/,
    ],
    [
      'an unknown tenant',
      (_, r) => sendText(r, 'unknown tenant', 401),
      'NotAllowedError',
      /does not know the configured tenant/,
    ],
    [
      'refused credentials',
      (_, r) => sendText(r, 'no', 403),
      'NotAllowedError',
      /refuses the portal's credentials \(status 403\)/,
    ],
    [
      'a bad parameter',
      (_, r) =>
        sendText(r, legacyJson("unable to parse param 'start'", 400), 400),
      'InputError',
      /unable to parse param 'start'/,
    ],
    [
      'a bad parameter in v3',
      (_, r) => sendText(r, v3Json('malformed parameter query.x', 400), 400),
      'InputError',
      /malformed parameter query\.x/,
    ],
    [
      'a storage that needs a service',
      (_, r) =>
        sendText(
          r,
          v3Json('this storage backend requires a service name', 400),
          400,
        ),
      'InputError',
      /cannot search without a service name/,
    ],
    [
      'a limit that is too high',
      (_, r) =>
        sendText(
          r,
          legacyJson(
            'search depth must be greater than 0 and less than max traces',
            500,
          ),
          500,
        ),
      'InputError',
      /ask for fewer/,
    ],
    [
      'a failed storage',
      (_, r) => sendText(r, legacyJson('dial tcp secret-host:9200', 500), 500),
      'ServiceUnavailableError',
      /^(?!.*secret-host).*failed inside its storage/,
    ],
    [
      'a gateway without backend',
      (_, r) => sendText(r, 'bad gateway', 502),
      'ServiceUnavailableError',
      /behind its proxy \(status 502\)/,
    ],
    [
      'a rate limit',
      (_, r) => sendText(r, 'slow down', 429),
      'ServiceUnavailableError',
      /limits the rate/,
    ],
    [
      'a redirect to another host',
      (_, r) => {
        r.writeHead(302, { location: 'http://127.0.0.2:1/login' });
        r.end();
      },
      'ServiceUnavailableError',
      /redirects to another host \(127\.0\.0\.2:1\)/,
    ],
    [
      'a redirect in circles',
      (q, r) => {
        r.writeHead(302, { location: q.url ?? '/' });
        r.end();
      },
      'ServiceUnavailableError',
      /in circles/,
    ],
    [
      'a body that is cut',
      (_, r) => {
        r.writeHead(200, { 'content-length': '100' });
        r.write('{"data":[');
        setImmediate(() => r.destroy());
      },
      'ServiceUnavailableError',
      /cut the connection before its answer was complete/,
    ],
    [
      'a closed connection',
      q => {
        q.socket.destroy();
      },
      'ServiceUnavailableError',
      /closed the connection|cut the connection/,
    ],
    [
      'damaged compression',
      (_, r) => {
        r.writeHead(200, { 'content-encoding': 'gzip' });
        r.end('{"data":[]}');
      },
      'ServiceUnavailableError',
      /compression is damaged/,
    ],
    [
      'a compression not asked for',
      (_, r) => {
        r.writeHead(200, { 'content-encoding': 'zstd' });
        r.end('x');
      },
      'ServiceUnavailableError',
      /compressed with 'zstd'/,
    ],
    [
      'a slow answer',
      () => {},
      'ServiceUnavailableError',
      /did not answer within 0\.3 s/,
    ],
    [
      'a slow body',
      (_, r) => {
        r.writeHead(200);
        r.write('{');
      },
      'ServiceUnavailableError',
      /did not answer within 0\.3 s/,
    ],
    [
      'a body without end',
      (_, r) => endless(r),
      'InputError',
      /larger than the portal reads/,
    ],
    [
      'a gzip bomb',
      (_, r) => {
        r.writeHead(200, { 'content-encoding': 'gzip' });
        r.end(bomb);
      },
      'InputError',
      /larger than the portal reads/,
    ],
    [
      'a length beyond the limit',
      (_, r) => {
        r.writeHead(200, { 'content-length': String(200 * 1024 * 1024) });
        r.write('{');
      },
      'InputError',
      /larger than the portal reads/,
    ],
  ])('%s is explained', async (_, handler, name, message) => {
    await expect(
      search(handler, { timeoutMs: 300, maxBodyBytes: 1024 * 1024 }),
    ).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it('explains a store that is away, and a host without name', async () => {
    const server = await MisbehavingServer.start(sendPageOnly);
    const store = storeAt(server);
    await server.stop();
    await expect(store.services()).rejects.toThrow(
      /'main' refuses the connection; check that it runs/,
    );
    await expect(store.status()).resolves.toMatchObject({
      reachable: false,
      message: "Trace store 'main' refuses the connection",
      whatToDo: 'check that it runs, and its host and port',
    });
  });

  it('explains something that is no Jaeger at all', async () => {
    const server = await serve(sendPageOnly);
    await expect(storeAt(server).search(query)).rejects.toThrow(
      /answers, but not as a Jaeger query service/,
    );
  });

  it('does not follow a redirect with its credentials', async () => {
    const other = await serve(sendPageOnly);
    await expect(
      search((_, response) => {
        response.writeHead(307, { location: `${other.url}/api/traces` });
        response.end();
      }),
    ).rejects.toThrow(/redirects to another host/);
    expect(other.requests).toEqual([]);
  });

  it.each<[string, Handler]>([
    [
      'JSON as text/plain',
      (_, r) => sendJson(r, { data: [] }, 200, 'text/plain'),
    ],
    ['null data', (_, r) => sendJson(r, { data: null })],
    ['an empty object', (_, r) => sendJson(r, {})],
    ['unknown fields', (_, r) => sendJson(r, { data: [{ odd: 1 }], more: {} })],
    ['white space first', (_, r) => sendJson(r, '\n  {"data":[]}')],
    [
      'gzip',
      (_, r) => {
        r.writeHead(200, { 'content-encoding': 'gzip' });
        r.end(gzipSync('{"data":[]}'));
      },
    ],
    [
      'a redirect on the same host',
      (q, r) => {
        if (q.url?.startsWith('/moved')) {
          sendJson(r, { data: [] });
        } else {
          r.writeHead(302, { location: '/moved' });
          r.end();
        }
      },
    ],
  ])('%s is an empty answer', async (_, handler) => {
    await expect(search(handler)).resolves.toMatchObject({
      traces: [],
      coverage: { complete: true },
    });
  });

  it('retries a gateway error, not a failure of the store', async () => {
    let calls = 0;
    await search((_, response) => {
      calls += 1;
      if (calls < 3) {
        sendText(response, 'unavailable', 503);
      } else {
        sendJson(response, { data: [] });
      }
    });
    expect(calls).toBe(3);
    calls = 0;
    await expect(
      search((_, response) => {
        calls += 1;
        sendText(response, legacyJson('no', 500), 500);
      }),
    ).rejects.toThrow();
    expect(calls).toBe(1);
  });

  it.each([404, 501, 400])(
    'has no dependency store when it answers %d',
    async status => {
      const server = await serve((_, r) =>
        sendText(r, legacyJson('no', status), status),
      );
      await expect(
        storeAt(server, { dialect: 'legacy' }).dependencies(wholeWindow(1)),
      ).resolves.toBeUndefined();
    },
  );

  it('reads metrics of all requests, and tells when there are none', async () => {
    const family = (value: number) => ({
      metrics: [
        {
          labels: [{ name: 'service_name', value: 'a' }],
          metricPoints: [{ gaugeValue: { doubleValue: value } }],
        },
      ],
    });
    const server = await serve((_, r, url) =>
      sendJson(r, family(url.pathname.endsWith('errors') ? 0.004 : 12)),
    );
    const window = { services: ['a'], ...wholeWindow(60) };
    await expect(
      storeAt(server, { dialect: 'legacy' }).requestMetrics(window),
    ).resolves.toEqual([
      {
        service: 'a',
        callsPerSecond: 12,
        errorRate: 0.004,
        p50Us: 12_000,
        p95Us: 12_000,
        p99Us: 12_000,
      },
    ]);
    server.behave((_, r) =>
      sendText(
        r,
        legacyJson('metrics querying is currently disabled', 501),
        501,
      ),
    );
    await expect(
      storeAt(server, { dialect: 'legacy' }).requestMetrics(window),
    ).resolves.toBeUndefined();
  });

  it('refuses a URL that holds credentials', () => {
    expect(() =>
      JaegerTraceStore.create({ name: 'x', url: 'http://u:p@host' }, logger),
    ).toThrow(/put them under 'auth'/);
    expect(() =>
      JaegerTraceStore.create({ name: 'x', url: 'ftp://host' }, logger),
    ).toThrow(/not an http or https URL/);
  });
});

function endless(response: Parameters<Handler>[1]): void {
  const chunk = Buffer.alloc(64 * 1024, 32);
  const write = () => {
    while (!response.destroyed && response.write(chunk)) {
      // Until the socket is full.
    }
  };
  response.writeHead(200);
  response.on('drain', write);
  write();
}

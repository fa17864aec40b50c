import { fakeJaeger } from '../testing/tracestore/fakeJaeger';
import {
  sendJson,
  sendPage,
  sendText,
  type Handler,
} from '../testing/tracestore/MisbehavingServer';
import { serve, stopAll, storeAt } from '../testing/tracestore/storeHarness';
import { otlpJson } from '../testing/tracestore/traceJson';
import { shopTraces, wholeWindow } from '../testing/tracestore/traces';

const sendPageOnly: Handler = (_, response) => sendPage(response);

afterEach(stopAll);

const traces = shopTraces(60);
const query = { services: ['a'], ...wholeWindow(60), limit: 100 };

describe('JaegerTraceStore against any Jaeger', () => {
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

  it('makes one request for equal questions asked at once, and keeps traces that have ended', async () => {
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

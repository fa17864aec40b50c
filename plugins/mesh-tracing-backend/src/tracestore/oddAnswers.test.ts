import type { JaegerStoreConfig } from './config/JaegerStoreConfig';
import {
  sendJson,
  sendPage,
  sendText,
  type Handler,
} from '../testing/tracestore/MisbehavingServer';
import {
  legacyJson,
  logger,
  serve,
  stopAll,
  storeAt,
} from '../testing/tracestore/storeHarness';
import { wholeWindow } from '../testing/tracestore/traces';

afterEach(stopAll);

const ID = 'a'.repeat(32);
const query = { services: ['a'], ...wholeWindow(60), limit: 100 };

/** A document of a v3 stream with one span. */
function chunk(span: number, traceId = ID): unknown {
  return {
    result: {
      resourceSpans: [
        {
          resource: {
            attributes: [{ key: 'service.name', value: { stringValue: 'a' } }],
          },
          scopeSpans: [
            {
              spans: [
                {
                  traceId,
                  spanId: String(span).padStart(16, '0'),
                  name: 'op',
                  startTimeUnixNano: '1790000000000000000',
                  endTimeUnixNano: '1790000000001000000',
                },
              ],
            },
          ],
        },
      ],
    },
  };
}

const failure = {
  error: { grpcCode: 14, httpCode: 503, message: 'db-7.internal is away' },
};
const logged = () => JSON.stringify(logger.warn.mock.calls);
const lines = (...documents: unknown[]) =>
  documents.map(document => JSON.stringify(document)).join('\n');

async function v3At(body: string, config: Partial<JaegerStoreConfig> = {}) {
  const server = await serve((_, response) => sendJson(response, body));
  return storeAt(server, { dialect: 'v3', ...config });
}

describe('an error after status 200', () => {
  it.each([
    ['after a part', lines(chunk(1), failure)],
    ['in a list', JSON.stringify([chunk(1), failure])],
    ['alone', lines(failure)],
    [
      'after a large part',
      lines(...Array.from({ length: 600 }, (_, i) => chunk(i + 1)), failure),
    ],
  ])('that comes %s is a failure of search and trace', async (_, body) => {
    const store = await v3At(body);
    const failed = {
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('not available behind its proxy'),
    };
    await expect(store.trace(ID)).rejects.toMatchObject(failed);
    await expect(store.search(query)).rejects.toMatchObject(failed);
  });

  it('is a failure of names, rows and whole answers in the legacy form', async () => {
    const body = legacyJson('storage is away', 500);
    const server = await serve((_, response) => sendJson(response, body));
    const store = storeAt(server, { dialect: 'legacy' });
    const failed = { name: 'ServiceUnavailableError' };
    await expect(store.services()).rejects.toMatchObject(failed);
    await expect(store.search(query)).rejects.toMatchObject(failed);
    const summaries = storeAt(
      await serve((_, response) => sendJson(response, failure)),
      { dialect: 'summaries' },
    );
    await expect(summaries.search(query)).rejects.toMatchObject(failed);
  });

  it.each<
    [NonNullable<JaegerStoreConfig['dialect']>, (said: string) => string]
  >([
    ['legacy', said => legacyJson(said, 400)],
    ['v3', said => lines({ error: { httpCode: 400, message: said } })],
    [
      'v3',
      said => lines(chunk(1), { error: { httpCode: 400, message: said } }),
    ],
    ['summaries', said => lines({ error: { httpCode: 400, message: said } })],
  ])(
    'that repeats what was sent shows no secret, in %s',
    async (dialect, answer) => {
      // The cut of what the log shows must not go through a secret either.
      const server = await serve((request, response) =>
        sendJson(
          response,
          answer(
            `${'-'.repeat(285)}${request.headers.authorization} ${
              request.headers['x-api-key']
            }`,
          ),
        ),
      );
      const store = storeAt(server, {
        dialect,
        auth: { type: 'bearer', token: 'planted-s3cr3t-of-the-store' },
        headers: { 'x-api-key': 'planted-s3cr3t-key' },
      });
      const error = await store.search(query).catch(failed => failed);
      expect(error).toMatchObject({ name: 'InputError' });
      expect(`${error.message} ${logged()}`).not.toContain('planted');
      expect(logged()).toContain('(hidden)');
    },
  );

  it.each([200, 201, 500])(
    'and a page with status %s that repeat what was sent show no secret',
    async status => {
      const server = await serve((request, response) => {
        const sent = request.headers.authorization;
        response.writeHead(status, { 'content-type': 'text/html' });
        response.end(`<p>${'-'.repeat(240)}${sent}</p>`);
      });
      const store = storeAt(server, {
        dialect: 'v3',
        auth: { type: 'basic', username: 'portal', password: 'planted-s3cr3t' },
      });
      logger.warn.mockClear();
      const error = await store.search(query).catch(failed => failed);
      expect(error).toMatchObject({ name: 'ServiceUnavailableError' });
      const secret = Buffer.from('portal:planted-s3cr3t').toString('base64');
      expect(`${error.message} ${logged()}`).not.toContain(secret.slice(0, 8));
    },
  );

  it('that says "not found" means that there is none', async () => {
    const store = await v3At(lines({ error: { grpcCode: 5, message: 'no' } }));
    expect(await store.trace(ID)).toBeUndefined();
    expect((await store.search(query)).traces).toEqual([]);
  });
});

describe('a trace that is not there', () => {
  it.each<[string, 'legacy' | 'v3', string]>([
    ['legacy', 'legacy', legacyJson('trace not found', 500)],
    ['gRPC', 'legacy', legacyJson('rpc error: code = NotFound desc = x', 500)],
    ['v3', 'v3', '{"error":{"httpCode":500,"message":"trace not found"}}'],
  ])(
    'is not found, also where status 500 says so: %s',
    async (_, dialect, body) => {
      const server = await serve((__, response) =>
        sendText(response, body, 500),
      );
      expect(await storeAt(server, { dialect }).trace(ID)).toBeUndefined();
    },
  );
});

describe('the id of a trace', () => {
  const listed = (id: string) => ({
    data: [
      {
        traceID: id,
        spans: [
          {
            traceID: id,
            spanID: '1',
            operationName: 'op',
            startTime: 1_790_000_000_000_000,
            duration: 1,
          },
        ],
      },
    ],
  });
  it.each(['2baaf5bc8940d5f2', 'abc', 'ABCDEF0123456789', 'F'.repeat(32)])(
    'finds it in a store that knows it as %s',
    async id => {
      const server = await serve((_, response, url) =>
        url.pathname.endsWith(`/${id}`)
          ? sendJson(response, listed(id))
          : sendJson(response, legacyJson('trace not found', 404), 404),
      );
      const store = storeAt(server, { dialect: 'legacy' });
      expect((await store.trace(id))?.spans).toHaveLength(1);
    },
  );
});

describe('a store that refuses a limit', () => {
  it.each<[string, number, (limit: number) => [string, number]]>([
    [
      'without saying which',
      50,
      () => [
        legacyJson(
          'search depth must be greater than 0 and less than max traces',
          500,
        ),
        500,
      ],
    ],
    [
      'and says which',
      50,
      limit => [`limit ${limit} out of range [0, 50]`, 400],
    ],
  ])('%s is asked for less, and remembered', async (_, most, refusal) => {
    const limits: number[] = [];
    const server = await serve((__, response, url) => {
      const limit = Number(url.searchParams.get('limit'));
      limits.push(limit);
      if (limit > most) {
        sendText(response, ...refusal(limit));
      } else {
        sendJson(response, { data: [] });
      }
    });
    const store = storeAt(server, { dialect: 'legacy' });
    expect(await store.search(query)).toMatchObject({
      traces: [],
      coverage: { complete: true },
    });
    expect(limits).toEqual([101, 50]);
    await store.search({ ...query, limit: 90 });
    expect(limits).toEqual([101, 50, 50]);
  });

  it('is an error of the search when it refuses even one trace', async () => {
    const server = await serve((_, response) =>
      sendText(response, legacyJson('search depth', 500), 500),
    );
    await expect(
      storeAt(server, { dialect: 'legacy' }).search(query),
    ).rejects.toMatchObject({ name: 'InputError' });
  });
});

describe('names of services and operations', () => {
  const names = ['team/checkout', 'a%2Fb', '..', '.', 'a\\b', 'x?y#z', '订单'];
  const operationOf: Handler = (_, response, url) => {
    const path = decodeURIComponent(url.pathname);
    const inPath = /^\/api\/services\/([^/]+)\/operations$/.exec(path)?.[1];
    const name =
      url.pathname === '/api/operations'
        ? url.searchParams.get('service')
        : inPath;
    if (name) {
      sendJson(response, { data: [{ name: `op of ${name}` }] });
    } else {
      sendPage(response);
    }
  };

  it.each(names)(
    'are found for the service %j behind a proxy that decodes paths',
    async name => {
      const store = storeAt(await serve(operationOf), { dialect: 'legacy' });
      expect(await store.operations(name)).toEqual([`op of ${name}`]);
    },
  );

  it('are asked for in the path where the store has no query', async () => {
    const server = await serve((_, response, url) =>
      url.pathname === '/api/operations'
        ? sendPage(response)
        : sendJson(response, { data: [decodeURIComponent(url.pathname)] }),
    );
    const store = storeAt(server, { dialect: 'legacy' });
    expect(await store.operations('a/b')).toEqual([
      '/api/services/a/b/operations',
    ]);
  });

  it.each<['legacy' | 'v3' | 'auto', unknown]>([
    ['legacy', { message: 'no Route matched' }],
    ['v3', { error: 'not found' }],
    ['auto', { message: 'no Route matched' }],
  ])(
    'answered with 404 in JSON are not this API (%s)',
    async (dialect, body) => {
      const server = await serve((_, response) =>
        sendJson(response, body, 404),
      );
      const store = storeAt(server, { dialect });
      await expect(store.services()).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(/check its URL and base path/),
      });
      expect(await store.status()).toMatchObject({ reachable: false });
    },
  );

  it('that are empty are called so in rows', async () => {
    const server = await serve((_, response) =>
      sendJson(response, {
        summaries: [
          {
            traceId: ID,
            rootServiceName: '',
            rootOperationName: 'op',
            services: [{ name: '', spanCount: 1 }],
          },
          { traceId: 'b'.repeat(32), orphanSpanCount: 1 },
        ],
      }),
    );
    const { traces } = await storeAt(server, { dialect: 'summaries' }).search(
      query,
    );
    expect(traces.find(row => row.traceId === ID)).toMatchObject({
      rootService: 'unknown-service',
      services: [{ name: 'unknown-service' }],
    });
    expect(traces.find(row => row.traceId !== ID)?.rootService).toBeUndefined();
  });
});

describe('a trace of more spans than are shown', () => {
  const spans = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      traceID: ID,
      spanID: String(i + 1).padStart(16, '0'),
      operationName: '"spans":[{,',
      startTime: 1_790_000_000_000_000 + i,
      duration: 1,
      processID: 'p1',
      tags: [{ key: 'spans', type: 'string', value: 'x'.repeat(100) }],
    }));

  it('is cut while it arrives, and says so', async () => {
    const body = {
      data: [
        {
          traceID: ID,
          spans: spans(500),
          processes: { p1: { serviceName: 'shop' } },
        },
      ],
    };
    const server = await serve((_, response) => sendJson(response, body));
    const store = storeAt(server, { dialect: 'legacy', maxTraceSpans: 120 });
    const trace = await store.trace(ID);
    expect(trace?.cut).toEqual({ shownSpanCount: 120, spanCount: 500 });
    expect(trace?.spans).toHaveLength(120);
    expect(trace?.spans[0]).toMatchObject({ service: 'shop' });
    expect(trace?.spans[0]?.attributes.spans).toHaveLength(100);
  });

  it('is whole, and larger than an answer may be otherwise, by default', async () => {
    const documents = Array.from({ length: 300 }, (_, i) => chunk(i + 1));
    const store = await v3At(lines(...documents), { maxBodyBytes: 20_000 });
    const trace = await store.trace(ID);
    expect(trace?.spans).toHaveLength(300);
    expect(trace?.cut).toBeUndefined();
  });
});

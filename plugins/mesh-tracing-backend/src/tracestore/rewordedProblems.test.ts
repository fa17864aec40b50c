import { gzipSync } from 'node:zlib';
import { fakeJaeger } from '../testing/tracestore/fakeJaeger';
import {
  MisbehavingServer,
  sendJson,
  sendPage,
  sendText,
  type Handler,
} from '../testing/tracestore/MisbehavingServer';
import {
  legacyJson,
  serve,
  stopAll,
  storeAt,
} from '../testing/tracestore/storeHarness';
import { shopTraces, wholeWindow } from '../testing/tracestore/traces';

const mockWords = { what: 'xyzzy', advice: 'plugh' };

jest.mock('./problems/storeProblemWords', () => ({
  wordsOf: () => mockWords,
}));

/** Each error of the product says something else than it does, or nothing. */
jest.mock('@backstage/errors', () => {
  const actual = jest.requireActual('@backstage/errors');
  const reworded = (Base: new (...args: unknown[]) => Error) =>
    class extends Base {
      constructor() {
        super(`Trace store 'xyzzy'; plugh`);
      }
    };
  return {
    ...actual,
    InputError: reworded(actual.InputError),
    NotAllowedError: reworded(actual.NotAllowedError),
    ServiceUnavailableError: reworded(actual.ServiceUnavailableError),
  };
});

jest.mock('./http/ResponseTooLargeError', () => ({
  ResponseTooLargeError: class extends Error {},
}));

jest.mock('./http/UnknownEncodingError', () => ({
  UnknownEncodingError: class extends Error {},
}));

const traces = shopTraces(60);
const query = { services: ['a'], ...wholeWindow(60), limit: 100 };
const jaeger = fakeJaeger({ traces, version: '2.13' });

afterEach(stopAll);

async function legacyStore(handler: Handler, config = {}) {
  return storeAt(await serve(handler), { dialect: 'legacy', ...config });
}

describe('with every message reworded', () => {
  it('a store is unreachable, and its status repeats the fields of the problem', async () => {
    const server = await MisbehavingServer.start((_, r) => sendPage(r));
    const store = storeAt(server);
    await server.stop();
    expect(await store.status()).toEqual({
      reachable: false,
      message: "Trace store 'main' xyzzy",
      whatToDo: 'plugh',
      problem: {
        code: 'unreachable',
        failure: 'ECONNREFUSED',
        brokeOff: false,
      },
    });
  });

  it('an upgrade is followed: the dialect is probed again', async () => {
    const server = await serve(fakeJaeger({ traces, version: 'look-alike' }));
    const store = storeAt(server);
    await store.search(query);
    server.behave(fakeJaeger({ traces, version: '2.21' }));
    expect((await store.search(query)).traces).toHaveLength(60);
    expect(await store.status()).toMatchObject({ dialect: 'summaries' });
  });

  it('durations are left out where they cannot be combined with tags', async () => {
    const store = await legacyStore((request, response, url) =>
      url.searchParams.has('tags') && url.searchParams.has('minDuration')
        ? sendText(
            response,
            legacyJson(
              'cannot query for duration and tags simultaneously',
              500,
            ),
            500,
          )
        : jaeger(request, response, url),
    );
    const { traces: rows, coverage } = await store.search({
      ...query,
      attributes: { 'http.status_code': '200' },
      minSpanDurationUs: 50_000,
    });
    expect(rows).toHaveLength(11);
    expect(coverage.filteredHere).toEqual(['span duration']);
  });

  it.each(['limit out of range [0, 20]', 'result window is too large'])(
    'fewer traces are asked for after "%s"',
    async refusal => {
      const limits: number[] = [];
      const store = await legacyStore((request, response, url) => {
        const limit = Number(url.searchParams.get('limit'));
        limits.push(limit);
        return limit > 25
          ? sendText(response, legacyJson(refusal, 400), 400)
          : jaeger(request, response, url);
      });
      expect((await store.search(query)).traces).toHaveLength(60);
      const accepted = limits.find(limit => limit <= 25);
      await store.search({ ...query, limit: 90 });
      expect(limits.filter(limit => limit > 25)).toEqual(
        accepted === 20 ? [101] : [101, 50],
      );
    },
  );

  it('an answer that is too large is asked for again in smaller portions', async () => {
    const store = await legacyStore(jaeger, { maxBodyBytes: 12_000 });
    const { traces: rows } = await store.search({ ...query, limit: 40 });
    expect(rows.length).toBeGreaterThanOrEqual(40);
  });

  it('a trace that is too large, and a bomb, are errors of input', async () => {
    const bomb = gzipSync(Buffer.alloc(1024 * 1024, 32));
    const store = await legacyStore(
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(bomb);
      },
      { maxBodyBytes: 12_000 },
    );
    const failed = { name: 'InputError', problem: expect.anything() };
    await expect(store.search(query)).rejects.toMatchObject({
      ...failed,
      problem: { code: 'answer-too-large' },
    });
    await expect(store.trace('ab')).rejects.toMatchObject({
      ...failed,
      problem: { code: 'trace-too-large' },
    });
  });

  it('a compression not asked for is explained once', async () => {
    const store = await legacyStore((_, response) => {
      response.writeHead(200, { 'content-encoding': 'zstd' });
      response.end('x');
    });
    await expect(store.services()).rejects.toMatchObject({
      problem: { code: 'unknown-encoding' },
      summary: "Trace store 'main' xyzzy",
    });
  });

  it('a gateway that is away is asked again, a store that failed is not', async () => {
    const statuses: number[] = [];
    const answer = (status: number) => {
      statuses.length = 0;
      return legacyStore((_, response) => {
        statuses.push(status);
        sendText(response, legacyJson('no', status), status);
      });
    };
    const away = await answer(503);
    await expect(away.services()).rejects.toMatchObject({
      problem: { code: 'behind-proxy' },
    });
    expect(statuses).toHaveLength(3);
    const failed = await answer(500);
    await expect(failed.services()).rejects.toMatchObject({
      problem: { code: 'storage-failed' },
    });
    expect(statuses).toHaveLength(1);
  });

  it.each([
    ['an unknown path', 404],
    ['a parameter that it refuses', 400],
    ['no such part', 501],
  ])(
    'a store that answers with %s has no dependencies and no metrics',
    async (_, status) => {
      const store = await legacyStore((__, response) =>
        sendText(response, legacyJson('no', status), status),
      );
      expect(await store.dependencies(wholeWindow(1))).toBeUndefined();
      expect(
        await store.requestMetrics({ services: ['a'], ...wholeWindow(1) }),
      ).toBeUndefined();
    },
  );

  it('operations are asked for in the other way when the first is unknown', async () => {
    const store = await legacyStore((_, response, url) =>
      url.pathname === '/api/operations'
        ? sendJson(response, { data: ['GET /'] })
        : sendPage(response),
    );
    expect(await store.operations('a')).toEqual(['GET /']);
  });

  it('a name that fails does not hide the others', async () => {
    const store = await legacyStore((request, response, url) =>
      url.searchParams.get('service') === 'bad'
        ? sendText(response, legacyJson('no', 500), 500)
        : jaeger(request, response, url),
    );
    const { traces: rows, coverage } = await store.search({
      ...query,
      services: ['a', 'bad'],
    });
    expect(rows).toHaveLength(60);
    expect(coverage.failures).toEqual([
      { service: 'bad', message: expect.any(String) },
    ]);
  });
});

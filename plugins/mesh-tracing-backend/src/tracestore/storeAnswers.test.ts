import { gzipSync } from 'node:zlib';
import type { JaegerStoreConfig } from './config/JaegerStoreConfig';
import {
  sendJson,
  sendPage,
  sendText,
  type Handler,
} from '../testing/tracestore/MisbehavingServer';
import {
  legacyJson,
  searchAt,
  serve,
  stopAll,
  storeAt,
} from '../testing/tracestore/storeHarness';
import { otlpJson } from '../testing/tracestore/traceJson';
import { shopTraces, wholeWindow } from '../testing/tracestore/traces';

const sendPageOnly: Handler = (_, response) => sendPage(response);
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));

afterEach(stopAll);

const query = { services: ['a'], ...wholeWindow(60), limit: 100 };

const v3Json = (message: string, httpCode: number) =>
  JSON.stringify({ error: { httpCode, message } });

describe('what a store may answer', () => {
  it.each<[string, Handler, string, RegExp]>([
    [
      'a web page with status 200',
      sendPageOnly,
      'ServiceUnavailableError',
      /web page instead of Jaeger's JSON.*base path/,
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
      'a search without a service name',
      (_, r) =>
        sendText(r, legacyJson("parameter 'service' is required", 400), 400),
      'InputError',
      /cannot search without a service name/,
    ],
    [
      'a window that ends before it starts',
      (_, r) =>
        sendText(
          r,
          v3Json('query.startTimeMin must be before query.startTimeMax', 400),
          400,
        ),
      'InputError',
      /refuses the request: query\.startTimeMin must be before/,
    ],
    [
      'a filter that it does not know',
      (_, r) => sendText(r, v3Json('query.filter is not enabled', 400), 400),
      'InputError',
      /query\.filter is not enabled/,
    ],
    [
      'a request that its proxy takes for too large',
      (_, r) => sendText(r, 'Request Entity Too Large', 413),
      'InputError',
      /refuses the request \(status 413\)/,
    ],
    [
      'an archive that it does not have',
      (_, r) =>
        sendText(
          r,
          legacyJson('archive span storage was not configured', 500),
          500,
        ),
      'InputError',
      /has no archive storage/,
    ],
    [
      'durations that its storage refuses',
      (_, r) => sendText(r, v3Json('duration min is above max', 500), 500),
      'ServiceUnavailableError',
      /failed inside its storage/,
    ],
    [
      'numbers that are none',
      (_, r) =>
        sendJson(
          r,
          '{"data":[{"traceID":"ab","spans":[{"spanID":"1","startTime":NaN}]}]}',
        ),
      'ServiceUnavailableError',
      /could not be read: they are malformed/,
    ],
    [
      'half of its JSON',
      (_, r) => sendJson(r, '{"data":[{"traceID":'),
      'ServiceUnavailableError',
      /could not be read: they are malformed/,
    ],
    [
      'a search deeper than its storage goes',
      (_, r) =>
        sendText(r, v3Json('search depth exceeds max_search_depth', 500), 500),
      'InputError',
      /ask for fewer/,
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
      /did not answer within 2 s/,
    ],
    [
      'a slow body',
      (_, r) => {
        r.writeHead(200);
        r.write('{');
      },
      'ServiceUnavailableError',
      /did not answer within 2 s/,
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
      searchAt(handler, { timeoutMs: 2_000, maxBodyBytes: 1024 * 1024 }),
    ).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it.each<[string, Partial<JaegerStoreConfig>]>([
    ['{"result":{"resourceSpans":[NaN]}}', { dialect: 'v3' }],
    ['{"summaries":[{"spanCount":NaN}]}', { dialect: 'summaries' }],
  ])('does not take %s for no traces', async (body, config) => {
    await expect(
      searchAt((_, response) => sendJson(response, body), config),
    ).rejects.toThrow(/could not be read|something else/);
  });

  it('reads summaries, which leave out zeros and unknown roots', async () => {
    const found = await searchAt(
      (_, response) =>
        sendJson(response, {
          summaries: [
            {
              traceId: '1'.padStart(32, '0'),
              rootServiceName: 'frontend',
              rootOperationName: 'GET /',
              minStartTimeUnixNano: '1790000001000000123',
              maxEndTimeUnixNano: '1790000001002000623',
              spanCount: 2,
              errorSpanCount: 1,
              services: [{ name: 'frontend', spanCount: 2, errorSpanCount: 1 }],
            },
            { traceID: 'AB', orphanSpanCount: null, services: null },
            { rootServiceName: 'no id' },
            null,
          ],
          more: {},
        }),
      { dialect: 'summaries' },
    );
    expect(found.traces).toEqual([
      {
        traceId: '1'.padStart(32, '0'),
        rootService: 'frontend',
        rootOperation: 'GET /',
        startTimeMs: 1_790_000_001_000,
        durationUs: 2000.5,
        spanCount: 2,
        errorSpanCount: 1,
        orphanSpanCount: 0,
        services: [{ name: 'frontend', spanCount: 2, errorSpanCount: 1 }],
      },
      {
        traceId: 'ab'.padStart(32, '0'),
        startTimeMs: 0,
        durationUs: 0,
        spanCount: 0,
        errorSpanCount: 0,
        orphanSpanCount: 0,
        services: [],
      },
    ]);
  });

  it.each(['\n', ''])(
    'reads v3 answers that come as several objects, between them %j',
    async separator => {
      const objects = shopTraces(3).map(trace =>
        JSON.stringify({ result: otlpJson([trace]) }),
      );
      const { traces } = await searchAt(
        (_, response) => sendText(response, objects.join(separator), 200),
        { dialect: 'v3' },
      );
      expect(traces).toHaveLength(3);
    },
  );

  it('explains something that is no Jaeger at all', async () => {
    const server = await serve(sendPageOnly);
    await expect(storeAt(server).search(query)).rejects.toThrow(
      /answers, but not as a Jaeger query service/,
    );
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
    await expect(searchAt(handler)).resolves.toMatchObject({
      traces: [],
      coverage: { complete: true },
    });
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

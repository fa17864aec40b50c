import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mockLogger } from '../../testing/services/mockLogger';
import { JaegerTraceStore } from '../JaegerTraceStore';
import { MisbehavingServer } from '../../testing/tracestore/MisbehavingServer';

const MIB = 1024 * 1024;
const TAGS = 100;
const TRACE_ID = 'a'.repeat(32);

/** A trace of one span with a hundred tags of 1 MiB, never in memory as a whole. */
function* pieces(): Generator<string> {
  yield `{"data":[{"traceID":"${TRACE_ID}","processes":{"p1":{"serviceName":"a","tags":[]}},"spans":[{"traceID":"${TRACE_ID}","spanID":"0000000000000001","operationName":"GET /","references":[],"startTime":1790000000000000,"duration":5,"logs":[],"processID":"p1","tags":[`;
  for (let tag = 0; tag < TAGS; tag++) {
    yield `${tag > 0 ? ',' : ''}{"key":"tag-${tag}","type":"string","value":"`;
    yield 'x'.repeat(MIB);
    yield '"}';
  }
  yield ']}]}],"errors":null}';
}

describe('an answer of 100 MiB', () => {
  const stops: Array<() => Promise<void>> = [];

  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });

  async function start(maxBodyBytes: number | undefined) {
    const sent = { bytes: 0 };
    const counted = function* counted() {
      for (const piece of pieces()) {
        sent.bytes += piece.length;
        yield piece;
      }
    };
    const server = await MisbehavingServer.start(async (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      // The reader may hang up.
      await pipeline(Readable.from(counted()), response).catch(() => {});
    });
    const store = JaegerTraceStore.create(
      {
        name: 'main',
        url: server.url,
        dialect: 'legacy',
        timeoutMs: 60_000,
        maxBodyBytes,
      },
      mockLogger(),
    );
    stops.push(
      () => store.stop(),
      () => server.stop(),
    );
    return { store, sent };
  }

  it('is refused by default, and the rest of it is never sent', async () => {
    const { store, sent } = await start(undefined);
    await expect(store.trace(TRACE_ID)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('maxBodyBytes'),
    });
    await stops[0]?.();
    expect(sent.bytes).toBeGreaterThan(60 * MIB);
    expect(sent.bytes).toBeLessThan(90 * MIB);
  }, 60_000);

  it('is read under a raised limit, cut for the browser', async () => {
    const { store, sent } = await start(128 * MIB);
    const trace = await store.trace(TRACE_ID);
    expect(sent.bytes).toBeGreaterThan(TAGS * MIB);
    const [span] = trace?.spans ?? [];
    expect(Object.keys(span?.attributes ?? {})).toHaveLength(TAGS);
    expect(JSON.stringify(trace).length).toBeLessThan(TAGS * 9_000);
  }, 60_000);
});

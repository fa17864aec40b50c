import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JaegerTraceStore } from '../backendInternals';
import type { BenchRow } from '../BenchRow';

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

async function serve(): Promise<{ server: Server; url: string }> {
  const server = createServer(async (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    await pipeline(Readable.from(pieces()), response);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}` };
}

/** Highest sum of array buffers while some work runs, above where it began. */
async function peakBufferBytes(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().arrayBuffers;
  let peak = before;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers);
  }, 1);
  await work().finally(() => clearInterval(sampler));
  return peak - before;
}

/** What an answer of 100 MiB from a store needs of memory, under a raised limit. */
export async function measureLargeAnswer(
  logger: Parameters<typeof JaegerTraceStore.create>[1],
): Promise<BenchRow[]> {
  const { server, url } = await serve();
  const store = JaegerTraceStore.create(
    {
      name: 'bench',
      url,
      dialect: 'legacy',
      timeoutMs: 60_000,
      maxBodyBytes: 128 * MIB,
    },
    logger,
  );
  try {
    const peak = await peakBufferBytes(async () => {
      const trace = await store.trace(TRACE_ID);
      if (Object.keys(trace?.spans[0]?.attributes ?? {}).length !== TAGS) {
        throw new Error('The trace was not read whole');
      }
    });
    // The blocks and the whole made of them; what sockets hold comes on top.
    return [
      {
        name: 'an answer of 100 MiB: buffers at their peak, per byte of it',
        value: peak / (TAGS * MIB),
        unit: 'x',
        limit: 2.64,
      },
    ];
  } finally {
    await store.stop();
    server.close();
  }
}

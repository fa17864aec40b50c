import { MessageChannel } from 'node:worker_threads';
import { rowsOfTrace } from 'backstage-plugin-mesh-tracing-common';
import { mockLogger } from '../../testing/services/mockLogger';
import { jaegerJson, otlpJson } from '../../testing/tracestore/traceJson';
import { shopTraces, wholeWindow } from '../../testing/tracestore/traces';
import { wholeTrace } from '../reads/wholeTrace';
import { InlineTraceReader } from './InlineTraceReader';
import { receiveTrace } from './receiveTrace';
import { PooledTraceReader } from './PooledTraceReader';

jest.setTimeout(60_000);

const traces = shopTraces(400);
const bodies = {
  jaeger: JSON.stringify({ data: traces.map(jaegerJson) }),
  otlp: JSON.stringify({ result: otlpJson(traces) }),
};
const bytes = (text: string) => new TextEncoder().encode(text);
const filter = { services: ['b'], ...wholeWindow(400), errorsOnly: true };
const request = {
  subject: { services: ['a'], workloads: [] },
  ...wholeWindow(400),
  slices: 3,
};

describe('PooledTraceReader', () => {
  const logger = mockLogger();
  const pooled = PooledTraceReader.create({ logger, threads: 1 });
  const inline = InlineTraceReader.create();

  afterAll(() => pooled.stop());

  it.each(['jaeger', 'otlp'] as const)(
    'reads %s bodies in a thread as on the calling one',
    async format => {
      const page = () => ({
        body: bytes(bodies[format]),
        format,
        filter,
        filterAttributes: false,
      });
      const summaries = await pooled.summaries(page());
      expect(summaries).toEqual(await inline.summaries(page()));
      expect(summaries.summaries).toHaveLength(40);

      const pages = await Promise.all([
        pooled.table({ ...page(), filter: { ...filter, errorsOnly: false } }),
        pooled.table(page()),
      ]);
      const tables = pages.flatMap(({ table }) => (table ? [table] : []));
      const copies = structuredClone(tables);
      const analysis = await pooled.analysis({ tables, limit: 300, request });
      expect(analysis).toEqual(
        await inline.analysis({ tables: copies, limit: 300, request }),
      );
      expect(analysis.traceCount).toBe(300);
    },
  );

  it('looks at the tags of a page in a thread as on the calling one, and hands no value out', async () => {
    const page = () => ({
      body: bytes(bodies.otlp),
      format: 'otlp' as const,
      filter: { services: ['a'], ...wholeWindow(400) },
      filterAttributes: false,
      inspection: { subject: request.subject, salt: 7 },
    });

    const found = await pooled.inspection(page());

    expect(found).toEqual(await inline.inspection(page()));
    expect(found.inspection).toMatchObject({
      traceCount: 400,
      spanCount: 400,
      tags: [
        {
          key: 'http.status_code',
          spanCount: 400,
          distinct: [expect.any(Number)],
        },
      ],
    });
    expect(found.inspection?.tags[0]?.distinct).not.toContain(200);
  });

  it('hands a large trace over in parts', async () => {
    const [first] = traces;
    const spans = Array.from({ length: 3_000 }, (_, i) => ({
      ...first?.spans[0],
      spanId: (i + 1).toString(16).padStart(16, '0'),
      offsetUs: i,
      operation: 'GET /'.padEnd(100, 'x'),
    }));
    const large = { ...first, spans } as (typeof traces)[number];
    const read = async (reader: InlineTraceReader | PooledTraceReader) => {
      const reading = await reader.trace({
        body: bytes(JSON.stringify({ result: otlpJson([large]) })),
        format: 'otlp',
        traceId: large.traceId,
      });
      return reading && { reading, whole: await wholeTrace(reading) };
    };
    const trace = await read(pooled);
    expect(trace?.reading.head.spanCount).toBe(3_000);
    expect(trace?.whole.spans).toHaveLength(3_000);
    expect(trace?.whole).toEqual((await read(inline))?.whole);
  });

  it('knows a large trace before its spans are there, and says when they never will be', async () => {
    const { port1, port2 } = new MessageChannel();
    const arrival = receiveTrace(port1);
    const [first] = traces;
    const { head } = rowsOfTrace(first as (typeof traces)[number]);
    port2.postMessage({ part: 'head', head });
    const reading = await arrival.trace;
    expect(reading?.head).toEqual(head);
    const spans = reading?.rows()[Symbol.asyncIterator]().next();
    arrival.fail(new Error('The thread ended'));
    await expect(spans).rejects.toThrow('The thread ended');
    await expect(reading?.insights()).rejects.toThrow('The thread ended');
    port2.close();
  });

  it('never begins a job whose caller left while it waited, and goes on for others', async () => {
    const page = () => ({
      body: bytes(bodies.jaeger),
      format: 'jaeger' as const,
      filter,
      filterAttributes: false,
    });
    const gone = new AbortController();
    const first = pooled.summaries(page(), { caller: 'one' });
    const left = pooled.summaries(page(), {
      caller: 'two',
      signal: gone.signal,
    });
    gone.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect((await first).summaries).toHaveLength(40);
  });

  it('stops a running job that nobody waits for, without a word in the log, and starts the next', async () => {
    logger.error.mockClear();
    const endless = `{"data":[${'[],'.repeat(12_000_000)}[]]}`;
    const gone = new AbortController();
    const running = pooled.summaries(
      {
        body: bytes(endless),
        format: 'jaeger',
        filter,
        filterAttributes: true,
      },
      { caller: 'one', signal: gone.signal },
    );
    setTimeout(() => gone.abort(new Error('left')), 20);
    await expect(running).rejects.toThrow('left');
    expect(logger.error).not.toHaveBeenCalled();
    const next = await pooled.summaries({
      body: bytes(bodies.otlp),
      format: 'otlp',
      filter,
      filterAttributes: false,
    });
    expect(next.summaries).toHaveLength(40);
  });

  it('explains what cannot be read', async () => {
    const body = bytes(`{"data":[${' '.repeat(200_000)}`);
    await expect(
      pooled.summaries({
        body,
        format: 'jaeger',
        filter,
        filterAttributes: false,
      }),
    ).rejects.toThrow(/could not be read/);
  });
});

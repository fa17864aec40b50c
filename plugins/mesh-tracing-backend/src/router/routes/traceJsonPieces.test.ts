import {
  rowsOfTrace,
  traceStreamLineSchema,
  type Trace,
  type TraceResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { exampleTraces } from '../../testing/portal/exampleTraces';
import { shownParts, type TraceAnswer } from '../../traces';
import { traceJsonLines, traceJsonPieces } from './traceJsonPieces';

function traceOf(spanCount: number): Trace {
  const [trace] = exampleTraces(1_790_000_000_000);
  const spans = trace?.spans ?? [];
  return {
    traceId: 'a'.repeat(32),
    startTimeUs: 1,
    durationUs: 2,
    warnings: ['"]}'],
    spans: Array.from({ length: spanCount }, (_, i) => ({
      ...(spans[i % spans.length] as (typeof spans)[number]),
      spanId: i.toString(16).padStart(16, '0'),
    })),
  };
}

function answerOf(trace: Trace): TraceAnswer {
  const read = rowsOfTrace(trace);
  const reading = {
    head: read.head,
    async *rows() {
      yield* read.rows();
    },
    insights: async () => read.insights(),
  };
  const isOwn = Uint8Array.from(read.head.senders, (_, i) => (i === 0 ? 1 : 0));
  return {
    entityRef: 'component:default/frontend',
    store: 'main',
    traceUrl: undefined,
    cut: { shownSpanCount: 1, spanCount: 2 },
    head: read.head,
    parts: () => shownParts({ reading, isOwn, withheld: undefined }),
  };
}

async function textsOf(
  pieces: AsyncIterable<string | Buffer>,
): Promise<string[]> {
  const texts: string[] = [];
  for await (const piece of pieces) {
    texts.push(String(piece));
  }
  return texts;
}

const linesOf = async (answer: TraceAnswer) =>
  (await textsOf(traceJsonLines(answer)))
    .join('')
    .split('\n')
    .filter(line => line !== '')
    .map(line => traceStreamLineSchema.parse(JSON.parse(line)));

describe('traceJsonPieces', () => {
  it.each([0, 1, 250, 251, 1000])(
    'adds up to the JSON of the answer with %d spans',
    async spanCount => {
      const trace = traceOf(spanCount);
      const own = trace.spans[0]?.service;
      const json = (await textsOf(traceJsonPieces(answerOf(trace)))).join('');
      const answer = JSON.parse(json) as TraceResponse;
      expect(answer).toEqual({
        entityRef: 'component:default/frontend',
        store: 'main',
        cut: { shownSpanCount: 1, spanCount: 2 },
        trace: JSON.parse(JSON.stringify(trace)),
        entitySpanIds: expect.any(Array),
        insights: expect.objectContaining({ clockSkew: null }),
      });
      expect(answer.entitySpanIds).toEqual(
        trace.spans
          .filter(({ service }) => service === own)
          .map(({ spanId }) => spanId),
      );
    },
  );

  it('never makes a large piece', async () => {
    const pieces = await textsOf(traceJsonPieces(answerOf(traceOf(20_000))));
    const longest = Math.max(
      ...pieces.slice(0, -1).map(({ length }) => length),
    );
    expect(pieces.length).toBeGreaterThan(80);
    expect(longest).toBeLessThan(250_000);
  });
});

describe('traceJsonLines', () => {
  it('adds up to the same answer', async () => {
    const trace = traceOf(600);
    const [head, ...rest] = await linesOf(answerOf(trace));
    const end = rest.pop();
    expect(head).toMatchObject({
      part: 'head',
      store: 'main',
      spanCount: 600,
      trace: { traceId: trace.traceId, warnings: ['"]}'] },
    });
    expect(end).toMatchObject({ part: 'end', insights: { clockSkew: null } });
    const spans = rest.flatMap(line =>
      line.part === 'spans' ? line.spans.map(({ spanId }) => spanId) : [],
    );
    expect(spans).toEqual(trace.spans.map(({ spanId }) => spanId));
  });

  it('hands out the spans that are there while the rest is read', async () => {
    const answer = answerOf(traceOf(10));
    const rest = new Promise<never>(() => {});
    const reading: TraceAnswer = {
      ...answer,
      async *parts() {
        yield* [{ json: Buffer.from('{}'), entitySpanIds: [] }];
        await rest;
      },
    };
    const texts: string[] = [];
    for await (const text of traceJsonLines(reading)) {
      texts.push(String(text));
      if (texts.length === 4) {
        break;
      }
    }
    expect(texts.join('').split('\n')[1]).toBe(
      '{"part":"spans","entitySpanIds":[],"spans":[{}]}',
    );
  });

  it('has no last line when the rest can not be read', async () => {
    const answer = answerOf(traceOf(10));
    const broken: TraceAnswer = {
      ...answer,
      async *parts() {
        yield { json: Buffer.from('{}'), entitySpanIds: [] };
        throw new Error('gone');
      },
    };
    await expect(textsOf(traceJsonLines(broken))).rejects.toThrow('gone');
  });
});

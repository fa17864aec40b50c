import type { TraceResponse } from 'backstage-plugin-mesh-tracing-common';
import { exampleTraces } from '../../testing/portal/exampleTraces';
import { traceJsonPieces } from './traceJsonPieces';

function answer(spanCount: number): TraceResponse {
  const [trace] = exampleTraces(1_790_000_000_000);
  const spans = trace?.spans ?? [];
  return {
    entityRef: 'component:default/frontend',
    store: 'main',
    traceUrl: undefined,
    trace: {
      traceId: 'a'.repeat(32),
      startTimeUs: 1,
      durationUs: 2,
      warnings: ['"]}'],
      spans: Array.from({ length: spanCount }, (_, i) => ({
        ...(spans[i % spans.length] as (typeof spans)[number]),
        spanId: i.toString(16).padStart(16, '0'),
      })),
    },
    entitySpanIds: ['0'.repeat(16)],
  };
}

async function piecesOf(response: TraceResponse): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of traceJsonPieces(response)) {
    pieces.push(piece);
  }
  return pieces;
}

describe('traceJsonPieces', () => {
  it.each([0, 1, 200, 201, 1000])(
    'adds up to the JSON of the answer with %d spans',
    async spanCount => {
      const response = answer(spanCount);
      const json = (await piecesOf(response)).join('');
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(response)));
    },
  );

  it('never makes a large piece', async () => {
    const pieces = await piecesOf(answer(20_000));
    const longest = Math.max(...pieces.map(piece => piece.length));
    expect(pieces).toHaveLength(102);
    expect(longest).toBeLessThan(200_000);
  });

  it('lets the event loop serve others between two pieces', async () => {
    let turns = 0;
    let counting = true;
    const count = () => {
      turns += 1;
      if (counting) {
        setImmediate(count);
      }
    };
    setImmediate(count);
    await piecesOf(answer(20_000));
    counting = false;
    expect(turns).toBeGreaterThanOrEqual(99);
  });
});

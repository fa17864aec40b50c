import { findRetries } from './findRetries';
import { shop } from './__testUtils__/shop';
import { sketchTrace, spanIdOf, type SpanSketch } from './__testUtils__/spans';

describe('findRetries', () => {
  it('sees the retry limit in the response flags', () => {
    expect(findRetries(shop())).toEqual([
      expect.objectContaining({
        spanId: spanIdOf('a-ext'),
        peer: 'pay.example.com',
        failed: true,
        limitReached: true,
      }),
    ]);
  });

  it('counts attempts by spans and by header', () => {
    const attempt = (
      id: string,
      start: number,
      count?: string,
    ): SpanSketch => ({
      id,
      parent: 'c',
      kind: 'server',
      start,
      duration: 2,
      attributes: count ? { 'x-envoy-attempt-count': count } : {},
    });
    const call: SpanSketch = { id: 'c', start: 0, duration: 9, kind: 'client' };
    const attempts = (spans: SpanSketch[]) =>
      findRetries(sketchTrace([call, ...spans])).map(retry => retry.attempts);
    expect(attempts([attempt('1', 1), attempt('2', 4)])).toEqual([2]);
    expect(attempts([attempt('1', 1, '3')])).toEqual([3]);
    expect(attempts([attempt('1', 1, '1')])).toEqual([]);
  });
});

import { findRetries } from './findRetries';
import { shop } from '../../testing/traces/shop';
import {
  sketchTrace,
  spanIdOf,
  type SpanSketch,
} from '../../testing/traces/spans';

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

  const call: SpanSketch = {
    id: 'c',
    start: 0,
    duration: 40,
    kind: 'client',
    service: 'catalog',
  };
  const attempt = (
    id: string,
    start: number,
    rest: Partial<SpanSketch> = {},
  ): SpanSketch => ({
    id,
    parent: 'c',
    kind: 'server',
    service: 'search-index',
    start,
    duration: 2,
    ...rest,
  });
  const failed = { status: 'error' } as const;
  const retriesOf = (spans: SpanSketch[]) =>
    findRetries(sketchTrace([call, ...spans]));

  it('takes a second span of the called service after a failed one for a retry', () => {
    expect(retriesOf([attempt('1', 1, failed), attempt('2', 4)])).toEqual([
      expect.objectContaining({
        spanId: spanIdOf('c'),
        service: 'catalog',
        calledService: 'search-index',
        attempts: 2,
        failed: false,
      }),
    ]);
    const thrice = [1, 4, 7].map(at => attempt(`${at}`, at, failed));
    expect(retriesOf(thrice)).toMatchObject([{ attempts: 3, failed: true }]);
  });

  it.each<[string, SpanSketch[]]>([
    [
      'another service',
      [attempt('1', 1, failed), attempt('2', 4, { service: 'mirror' })],
    ],
    [
      'a span that ran at the same time',
      [attempt('1', 1, failed), attempt('2', 2)],
    ],
    ['a second call after a success', [attempt('1', 1), attempt('2', 4)]],
    ['a failure after a success', [attempt('1', 1), attempt('2', 4, failed)]],
  ])('does not take %s for a retry', (_, spans) => {
    expect(retriesOf(spans)).toEqual([]);
  });

  it('tells the attempts of one service among spans of others', () => {
    expect(
      retriesOf([
        attempt('m', 0, { service: 'mirror', duration: 9 }),
        attempt('1', 1, failed),
        attempt('2', 4),
      ]),
    ).toMatchObject([{ calledService: 'search-index', attempts: 2 }]);
  });

  it.each<[string | string[], number[]]>([
    ['3', [3]],
    ['1', []],
    [['1', '2'], [2]],
  ])('believes a proxy that counts its attempts: %j', (count, attempts) => {
    const attributes = { 'x-envoy-attempt-count': count };
    expect(
      retriesOf([attempt('1', 1, { attributes })]).map(retry => retry.attempts),
    ).toEqual(attempts);
  });
});

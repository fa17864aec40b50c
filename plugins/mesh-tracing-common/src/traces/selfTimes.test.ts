import fc from 'fast-check';
import { selfTimes } from './selfTimes';
import { sketchTrace, spanIdOf } from './testUtils/spans';

type Interval = [start: number, end: number];

function selfTime(parent: Interval, children: Interval[]): number | undefined {
  const trace = sketchTrace([
    { id: 'P', start: parent[0], duration: parent[1] - parent[0] },
    ...children.map(([start, end], i) => ({
      id: `c${i}`,
      parent: 'P',
      start,
      duration: end - start,
    })),
  ]);
  return selfTimes(trace).get(spanIdOf('P'));
}

describe('selfTimes', () => {
  it.each<[Interval, Interval[], number]>([
    [[0, 100], [], 100],
    [[0, 100], [[10, 50]], 60],
    [
      [0, 100],
      [
        [10, 30],
        [50, 70],
      ],
      60,
    ],
    [
      [0, 100],
      [
        [10, 60],
        [30, 80],
      ],
      30,
    ],
    [[0, 100], [[50, 150]], 50],
    [[0, 100], [[120, 150]], 100],
    [
      [0, 100],
      [
        [10, 70],
        [20, 50],
      ],
      40,
    ],
    [[0, 100], [[0, 100]], 0],
    [
      [0, 100],
      [
        [0, 60],
        [0, 120],
      ],
      0,
    ],
    [
      [0, 100],
      [
        [10, 40],
        [30, 60],
        [70, 90],
      ],
      30,
    ],
    [[10, 50], [[0, 100]], 0],
  ])('of %j with children %j is %d', (parent, children, expected) => {
    expect(selfTime(parent, children)).toBe(expected);
  });

  it('counts the moments without a child', () => {
    const interval = fc
      .tuple(fc.nat({ max: 50 }), fc.nat({ max: 30 }))
      .map(([start, length]): Interval => [start, start + length]);
    fc.assert(
      fc.property(interval, fc.array(interval), (parent, children) => {
        let moments = 0;
        for (let at = parent[0]; at < parent[1]; at++) {
          moments += children.some(([s, e]) => s <= at && at < e) ? 0 : 1;
        }
        expect(selfTime(parent, children)).toBe(moments);
      }),
    );
  });

  it('is computed anew for each trace', () => {
    const first = sketchTrace([
      { id: 'P', start: 0, duration: 10 },
      { id: 'c', parent: 'P', start: 0, duration: 4 },
    ]);
    expect(selfTimes(first).get(spanIdOf('P'))).toBe(6);
    expect(selfTimes(structuredClone(first)).get(spanIdOf('P'))).toBe(6);
  });
});

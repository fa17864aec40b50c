import fc from 'fast-check';
import { criticalPath } from './criticalPath';
import { selfTimes } from './selfTimes';
import { anyTrace, blockingChildrenOf } from '../../testing/traces/anyTrace';
import { sketchTrace, spanIdOf } from '../../testing/traces/spans';

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

  it.each<[string, number, Array<[start: number, duration: number]>, number]>([
    [
      'one child reaches past it, others come after it',
      40,
      [
        [15, 10],
        [100, 300],
        [200, 100],
      ],
      30,
    ],
    [
      'two children, one of them after it',
      40,
      [
        [10, 10],
        [400, 100],
      ],
      30,
    ],
    [
      'children overlap, one is longer than it',
      36,
      [
        [3, 40],
        [5, 8],
      ],
      3,
    ],
    ['its child comes after it', 40, [[100, 300]], 40],
    [
      'three short children',
      36,
      [
        [3, 10],
        [9, 8],
        [16, 18],
      ],
      5,
    ],
    [
      'both children begin with it, one is far longer',
      36,
      [
        [0, 79_182],
        [0, 12],
      ],
      0,
    ],
  ])('where %s (of %d µs)', (_, duration, children, expected) => {
    const intervals = children.map(
      ([start, length]): Interval => [start, start + length],
    );
    expect(selfTime([0, duration], intervals)).toBe(expected);
  });

  it('adds up to what services and operations of a trace spend themselves', () => {
    const get = 'GET /owners/8/pets/10';
    const query = 'HikariProxyPreparedStatement.executeQuery';
    const trace = sketchTrace([
      { id: 'A', start: 0, duration: 4902, service: 'api-gateway' },
      {
        id: 'B',
        parent: 'A',
        start: 820,
        duration: 2499,
        service: 'api-gateway',
        operation: get,
      },
      {
        id: 'C',
        parent: 'B',
        start: 1200,
        duration: 1739,
        service: 'customers-service',
        operation: get,
      },
      ...[
        { id: 'D', start: 2059, duration: 21 },
        { id: 'E', start: 2840, duration: 52 },
      ].map(call => ({
        ...call,
        parent: 'C',
        service: 'customers-service',
        operation: query,
      })),
    ]);
    const times = selfTimes(trace);
    const sumOf = (key: 'service' | 'operation', value: string) =>
      trace.spans
        .filter(span => span[key] === value)
        .reduce((sum, span) => sum + (times.get(span.spanId) ?? NaN), 0);
    expect(sumOf('service', 'api-gateway')).toBe(3163);
    expect(sumOf('service', 'customers-service')).toBe(1739);
    expect(sumOf('operation', get)).toBe(2426);
    expect(sumOf('operation', query)).toBe(73);
  });

  it('counts the moments without a child, in any trace', () => {
    fc.assert(
      fc.property(anyTrace, trace => {
        const times = selfTimes(trace);
        for (const span of trace.spans) {
          const children = blockingChildrenOf(trace, span);
          let moments = 0;
          for (let i = 0; i < span.durationUs; i++) {
            const at = span.offsetUs + i;
            moments += children.some(
              child =>
                child.offsetUs <= at && at < child.offsetUs + child.durationUs,
            )
              ? 0
              : 1;
          }
          expect(times.get(span.spanId)).toBe(moments);
        }
      }),
    );
  });

  it('agrees with the critical path about whom a producer waits for', () => {
    const trace = sketchTrace([
      { id: 'P', start: 0, duration: 100, kind: 'producer' },
      { id: 'c', parent: 'P', start: 10, duration: 50, kind: 'consumer' },
    ]);
    expect(selfTimes(trace).get(spanIdOf('P'))).toBe(100);
    expect(criticalPath(trace)).toEqual([
      { spanId: spanIdOf('P'), startUs: 0, endUs: 100 },
    ]);
  });

  it('is not taken by a span that follows from its parent, nor by what is below it', () => {
    const trace = sketchTrace([
      { id: 'P', start: 0, duration: 100 },
      { id: 'f', parent: 'P', followsFrom: true, start: 40, duration: 60 },
      { id: 'w', parent: 'f', start: 50, duration: 50 },
    ]);
    expect(selfTimes(trace).get(spanIdOf('P'))).toBe(100);
    expect(selfTimes(trace).get(spanIdOf('f'))).toBe(10);
    expect(criticalPath(trace)).toEqual([
      { spanId: spanIdOf('P'), startUs: 0, endUs: 100 },
    ]);
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

import fc from 'fast-check';
import { criticalPath } from './criticalPath';
import type { Span, Trace } from '../model/Trace';
import {
  anyTrace,
  blockingChildrenOf,
  childrenOf,
} from '../../testing/traces/anyTrace';
import { sketchTrace, type SpanSketch } from '../../testing/traces/spans';

/** Segments as `name start-end`, latest first. */
function path(sketches: SpanSketch[]): string[] {
  const trace = sketchTrace(sketches);
  const names = new Map(trace.spans.map(span => [span.spanId, span.operation]));
  return criticalPath(trace)
    .reverse()
    .map(
      ({ spanId, startUs, endUs }) =>
        `${names.get(spanId)} ${startUs}-${endUs}`,
    );
}

/**
 * The definition: from a span's end back to the child that ended last, through it
 * to its start, and on. Time on the path by span id.
 */
function bruteForce(trace: Trace): Map<string, number> {
  const times = new Map<string, number>();
  const walk = (span: Span, start: number, end: number): void => {
    const children = blockingChildrenOf(trace, span)
      .map(child => ({
        child,
        start: Math.max(child.offsetUs, start),
        end: Math.min(child.offsetUs + child.durationUs, end),
      }))
      .filter(clipped => clipped.end > clipped.start);
    let now = end;
    for (;;) {
      const before = now;
      const next = children
        .filter(child => child.end <= before)
        .sort(
          (a, b) =>
            b.end - a.end ||
            a.start - b.start ||
            a.child.offsetUs - b.child.offsetUs,
        )[0];
      const own = now - (next ? next.end : start);
      if (own > 0) {
        times.set(span.spanId, (times.get(span.spanId) ?? 0) + own);
      }
      if (!next) {
        return;
      }
      walk(next.child, next.start, next.end);
      children.splice(children.indexOf(next), 1);
      now = next.start;
    }
  };
  for (const root of childrenOf(trace, undefined)) {
    walk(root, root.offsetUs, root.offsetUs + root.durationUs);
  }
  return times;
}

describe('criticalPath', () => {
  it.each<[string, SpanSketch[], string[]]>([
    [
      'goes through children one after the other',
      [
        { id: 'C', start: 1, duration: 100 },
        { id: 'D', parent: 'C', start: 20, duration: 20 },
        { id: 'E', parent: 'C', start: 50, duration: 10 },
      ],
      ['C 60-101', 'E 50-60', 'C 40-50', 'D 20-40', 'C 1-20'],
    ],
    [
      'leaves out a child that ran beside a later one',
      [
        { id: 'X', start: 1, duration: 100 },
        { id: 'A', parent: 'X', start: 10, duration: 40 },
        { id: 'C', parent: 'X', start: 20, duration: 40 },
      ],
      ['X 60-101', 'C 20-60', 'X 1-20'],
    ],
    [
      'ignores a child after its parent',
      [
        { id: 'R', start: 100, duration: 40 },
        { id: 'A', parent: 'R', start: 200, duration: 300 },
      ],
      ['R 100-140'],
    ],
    [
      'ignores what is below a child after its parent',
      [
        { id: 'A', start: 1, duration: 30 },
        { id: 'B', parent: 'A', start: 40, duration: 40 },
        { id: 'C', parent: 'B', start: 50, duration: 10 },
      ],
      ['A 1-31'],
    ],
    [
      'does not wait for a consumer',
      [
        { id: 'A', start: 1, duration: 30, kind: 'producer' },
        { id: 'B', parent: 'A', start: 10, duration: 10, kind: 'consumer' },
        { id: 'C', parent: 'B', start: 12, duration: 2 },
      ],
      ['A 1-31'],
    ],
    [
      'clips a child that overflows, and its child that starts before it',
      [
        { id: 'A', start: 1, duration: 29 },
        { id: 'B', parent: 'A', start: 15, duration: 20 },
        { id: 'C', parent: 'B', start: 10, duration: 15 },
      ],
      ['B 25-30', 'C 15-25', 'A 1-15'],
    ],
    [
      'clips a chain of overflowing children',
      [
        { id: 'A', start: 1, duration: 29 },
        { id: 'B', parent: 'A', start: 15, duration: 20 },
        { id: 'C', parent: 'B', start: 20, duration: 20 },
      ],
      ['C 20-30', 'B 15-20', 'A 1-15'],
    ],
    [
      'gives everything to a child that covers its parent',
      [
        { id: 'A', start: 10, duration: 20 },
        { id: 'B', parent: 'A', start: 5, duration: 30 },
      ],
      ['B 10-30'],
    ],
    [
      'ignores a child before its parent',
      [
        { id: 'A', start: 10, duration: 20 },
        { id: 'B', parent: 'A', start: 1, duration: 4 },
      ],
      ['A 10-30'],
    ],
    [
      'takes both of two children back to back',
      [
        { id: 'P', start: 1, duration: 100 },
        { id: 'A', parent: 'P', start: 1, duration: 50 },
        { id: 'B', parent: 'P', start: 51, duration: 50 },
      ],
      ['B 51-101', 'A 1-51'],
    ],
    [
      'starts at a root whose parent is missing',
      [
        { id: 'P', parent: 'gone', start: 1, duration: 100 },
        { id: 'A', parent: 'P', start: 10, duration: 50 },
      ],
      ['P 60-101', 'A 10-60', 'P 1-10'],
    ],
    [
      'walks every root',
      [
        { id: 'R', start: 1, duration: 10 },
        { id: 'O', parent: 'gone', start: 5, duration: 20 },
        { id: 'A', parent: 'O', start: 6, duration: 4 },
      ],
      ['O 10-25', 'A 6-10', 'O 5-6', 'R 1-11'],
    ],
    [
      'handles a root that starts at 0',
      [
        { id: 'R', start: 0, duration: 100 },
        { id: 'A', parent: 'R', start: 0, duration: 100 },
      ],
      ['A 0-100'],
    ],
    [
      'is not split by a child without extent',
      [
        { id: 'R', start: 1, duration: 100 },
        { id: 'A', parent: 'R', start: 10, duration: 50 },
        { id: 'Z', parent: 'R', start: 90, duration: 0 },
      ],
      ['R 60-101', 'A 10-60', 'R 1-10'],
    ],
    [
      'is empty for a trace without time',
      [{ id: 'R', start: 3, duration: 0 }],
      [],
    ],
    ['is empty for an empty trace', [], []],
    [
      'breaks a cycle of parents at its earliest span',
      [
        { id: 'A', parent: 'B', start: 5, duration: 5 },
        { id: 'B', parent: 'A', start: 1, duration: 20 },
      ],
      ['B 10-21', 'A 5-10', 'B 1-5'],
    ],
  ])('%s', (_, sketches, expected) => {
    expect(path(sketches)).toEqual(expected);
  });

  it('equals the walk by definition on any trace, malformed ones included', () => {
    fc.assert(
      fc.property(anyTrace, trace => {
        const times = new Map<string, number>();
        for (const { spanId, startUs, endUs } of criticalPath(trace)) {
          times.set(spanId, (times.get(spanId) ?? 0) + endUs - startUs);
        }
        const expected = [...bruteForce(trace)].sort();
        expect([...times].sort()).toEqual(expected);
      }),
    );
  });

  it('covers each root without gaps, and leaves the trace as it was', () => {
    fc.assert(
      fc.property(anyTrace, trace => {
        const copy = structuredClone(trace);
        const total = criticalPath(trace).reduce(
          (sum, segment) => sum + segment.endUs - segment.startUs,
          0,
        );
        const roots = childrenOf(trace, undefined);
        expect(total).toBe(
          roots.reduce((sum, root) => sum + root.durationUs, 0),
        );
        expect(trace).toEqual(copy);
      }),
    );
  });

  it('takes 5,000 children in a row and a depth of 10,000', () => {
    const row: SpanSketch[] = [{ id: 'R', start: 0, duration: 5_000 }];
    const chain: SpanSketch[] = [{ id: 'd0', start: 0, duration: 20_000 }];
    for (let i = 0; i < 5_000; i++) {
      row.push({ id: `c${i}`, parent: 'R', start: i, duration: 1 });
    }
    for (let i = 1; i < 10_000; i++) {
      chain.push({
        id: `d${i}`,
        parent: `d${i - 1}`,
        start: i,
        duration: 20_000 - 2 * i,
      });
    }
    expect(criticalPath(sketchTrace(row))).toHaveLength(5_000);
    expect(criticalPath(sketchTrace(chain))).toHaveLength(2 * 10_000 - 1);
  });
});

import fc from 'fast-check';
import { buildTraceTree } from './buildTraceTree';
import type { Span, Trace } from '../model/Trace';
import {
  anyTrace,
  breaksCycle,
  childrenOf,
} from '../../testing/traces/anyTrace';
import {
  sketchTrace,
  spanIdOf,
  type SpanSketch,
} from '../../testing/traces/spans';

function outline(sketches: SpanSketch[]): string[] {
  return buildTraceTree(sketchTrace(sketches)).rows.map(
    row => `${'.'.repeat(row.depth)}${row.span.operation}`,
  );
}

/** Spans with their depths, as defined: each followed by its children, by start. */
function bruteForce(
  trace: Trace,
  parent?: Span,
  depth = 0,
): Array<[spanId: string, depth: number]> {
  return childrenOf(trace, parent)
    .sort((a, b) => a.offsetUs - b.offsetUs)
    .flatMap(span => [
      [span.spanId, depth] as [string, number],
      ...bruteForce(trace, span, depth + 1),
    ]);
}

describe('buildTraceTree', () => {
  it('puts children below their parents, by start', () => {
    expect(
      outline([
        { id: 'b', parent: 'r', start: 5, duration: 1 },
        { id: 'a', parent: 'r', start: 2, duration: 1 },
        { id: 'r', start: 0, duration: 9 },
        { id: 'x', parent: 'a', start: 3, duration: 1 },
      ]),
    ).toEqual(['r', '.a', '..x', '.b']);
  });

  it('makes orphans roots and names them', () => {
    const tree = buildTraceTree(
      sketchTrace([
        { id: 'r', start: 0, duration: 9 },
        { id: 'o', parent: 'gone', start: 1, duration: 1 },
      ]),
    );
    expect(tree.orphanSpanIds).toEqual([spanIdOf('o')]);
    expect(tree.rootRows).toEqual([0, 1]);
    expect(tree.rows[1]).toMatchObject({ isOrphan: true, parentRow: -1 });
  });

  it('shows spans whose parents form a cycle', () => {
    const tree = buildTraceTree(
      sketchTrace([
        { id: 'a', parent: 'b', start: 2, duration: 1 },
        { id: 'b', parent: 'a', start: 1, duration: 1 },
        { id: 'c', parent: 'a', start: 3, duration: 1 },
        { id: 'self', parent: 'self', start: 4, duration: 1 },
      ]),
    );
    expect(tree.rows.map(row => row.span.operation)).toEqual([
      'b',
      'a',
      'c',
      'self',
    ]);
    expect(tree.cycleSpanIds).toEqual([spanIdOf('b'), spanIdOf('self')]);
  });

  it('equals the tree by definition on any trace, malformed ones included', () => {
    fc.assert(
      fc.property(anyTrace, trace => {
        const { rows, orphanSpanIds, cycleSpanIds } = buildTraceTree(trace);
        expect(rows.map(row => [row.span.spanId, row.depth])).toEqual(
          bruteForce(trace),
        );
        const known = new Set(trace.spans.map(({ spanId }) => spanId));
        const idsOf = (is: (span: Span) => boolean) =>
          trace.spans.filter(is).map(({ spanId }) => spanId);
        expect([...orphanSpanIds].sort()).toEqual(
          idsOf(
            ({ parentSpanId }) =>
              parentSpanId !== undefined && !known.has(parentSpanId),
          ).sort(),
        );
        expect([...cycleSpanIds].sort()).toEqual(
          idsOf(span => breaksCycle(trace, span)).sort(),
        );
      }),
    );
  });

  it('knows which rows are below which, in any trace', () => {
    fc.assert(
      fc.property(anyTrace, trace => {
        const { rows } = buildTraceTree(trace);
        rows.forEach(({ span, parentRow, childCount, descendantCount }, i) => {
          expect(parentRow).toBeLessThan(i);
          const below = rows.slice(i + 1, i + 1 + descendantCount);
          expect(below).toHaveLength(descendantCount);
          expect(
            below.filter(row => row.parentRow === i).map(row => row.span),
          ).toHaveLength(childCount);
          expect(childrenOf(trace, span)).toHaveLength(childCount);
        });
      }),
    );
  });

  it('takes a depth of 10,000', () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => ({
      id: `d${i}`,
      ...(i > 0 ? { parent: `d${i - 1}` } : {}),
      start: i,
      duration: 1,
    }));
    expect(buildTraceTree(sketchTrace(chain)).maxDepth).toBe(9_999);
  });
});

import fc from 'fast-check';
import { buildTraceTree } from './buildTraceTree';
import { sketchTrace, spanIdOf, type SpanSketch } from './__testUtils__/spans';

function outline(sketches: SpanSketch[]): string[] {
  return buildTraceTree(sketchTrace(sketches)).rows.map(
    row => `${'.'.repeat(row.depth)}${row.span.operation}`,
  );
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

  it('shows every span of any trace once, a parent before its children', () => {
    const rows = fc.array(
      fc.record({ parent: fc.nat({ max: 12 }), start: fc.nat({ max: 9 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, list => {
        const trace = sketchTrace(
          list.map(({ parent, start }, i) => ({
            id: `s${i}`,
            ...(parent === 0 ? {} : { parent: `s${parent - 1}` }),
            start,
            duration: 1,
          })),
        );
        const tree = buildTraceTree(trace);
        const ids = tree.rows.map(row => row.span.spanId);
        expect([...ids].sort()).toEqual(trace.spans.map(s => s.spanId).sort());
        tree.rows.forEach((row, i) => {
          expect(row.parentRow).toBeLessThan(i);
        });
        const below = tree.rows.flatMap((row, i) => {
          const parent = tree.rows[row.parentRow];
          return parent ? [{ row, i, parent }] : [];
        });
        for (const { row, i, parent } of below) {
          expect(row.depth).toBe(parent.depth + 1);
          expect(parent.span.spanId).toBe(row.span.parentSpanId);
          expect(row.parentRow + parent.descendantCount).toBeGreaterThanOrEqual(
            i,
          );
        }
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

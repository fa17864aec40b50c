import type { Span, Trace } from '../model/Trace';
import { arrangeTrace, type ArrangedTrace } from './arrangeTrace';

/** One span at its place in the tree. @public */
export interface TraceTreeRow {
  span: Span;
  /** 0 for roots. */
  depth: number;
  /** Row of the parent, or -1 for roots. */
  parentRow: number;
  childCount: number;
  /** Rows below this one that belong to its subtree: they follow directly. */
  descendantCount: number;
  /** True when the span names a parent that the trace lacks. */
  isOrphan: boolean;
  /** True when the span was made a root to break a cycle of parents. */
  breaksCycle: boolean;
}

/** A trace as a tree. @public */
export interface TraceTree {
  /** Pre-order: a span, then its children by start, each with its own. */
  rows: TraceTreeRow[];
  /** Rows of the roots: spans without parent, orphans, and broken cycles. */
  rootRows: number[];
  maxDepth: number;
  orphanSpanIds: string[];
  /** Spans that were made roots to break cycles of parents. */
  cycleSpanIds: string[];
}

/**
 * Arranges a trace as a tree. Every span appears exactly once, also orphans and
 * spans whose parents form a cycle. Does not recurse; depth does not matter.
 * @public
 */
export function buildTraceTree(trace: Trace): TraceTree {
  return treeOf(trace, arrangeTrace(trace));
}

/** As {@link buildTraceTree}, of a trace that is arranged already. */
export function treeOf(
  trace: Trace,
  { parents, forest }: ArrangedTrace,
): TraceTree {
  const rowOfSpan = new Int32Array(trace.spans.length);
  const breaksCycle = new Set(forest.cycleRoots);
  const rows: TraceTreeRow[] = [];
  const tree: TraceTree = {
    rows,
    rootRows: [],
    maxDepth: 0,
    orphanSpanIds: [],
    cycleSpanIds: [],
  };
  forest.preorder.forEach((index, row) => {
    const span = trace.spans[index] as Span;
    const parent = forest.parents[index] as number;
    rowOfSpan[index] = row;
    const depth = forest.depths[index] as number;
    rows.push({
      span,
      depth,
      parentRow: parent < 0 ? -1 : (rowOfSpan[parent] as number),
      childCount:
        (forest.firstChild[index + 1] as number) -
        (forest.firstChild[index] as number),
      descendantCount: 0,
      isOrphan: span.parentSpanId !== undefined && parents[index] === -1,
      breaksCycle: breaksCycle.has(index),
    });
    tree.maxDepth = Math.max(tree.maxDepth, depth);
  });
  collect(tree);
  return tree;
}

function collect(tree: TraceTree): void {
  for (let i = tree.rows.length - 1; i >= 0; i--) {
    const row = tree.rows[i] as TraceTreeRow;
    const parent = tree.rows[row.parentRow];
    if (parent) {
      parent.descendantCount += row.descendantCount + 1;
    }
  }
  tree.rows.forEach((row, i) => {
    if (row.parentRow < 0) {
      tree.rootRows.push(i);
    }
    if (row.isOrphan) {
      tree.orphanSpanIds.push(row.span.spanId);
    }
    if (row.breaksCycle) {
      tree.cycleSpanIds.push(row.span.spanId);
    }
  });
}

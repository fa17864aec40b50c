import type { TraceTree } from 'backstage-plugin-mesh-tracing-common';

/** Indices of the rows that no collapsed ancestor hides, in order. */
export function visibleRows(
  tree: TraceTree,
  collapsed: ReadonlySet<number>,
): number[] {
  const visible: number[] = [];
  for (let row = 0; row < tree.rows.length; row++) {
    visible.push(row);
    if (collapsed.has(row)) {
      row += tree.rows[row]?.descendantCount ?? 0;
    }
  }
  return visible;
}

/** The collapsed rows without those that hide a given row. */
export function revealed(
  tree: TraceTree,
  collapsed: ReadonlySet<number>,
  row: number,
): ReadonlySet<number> {
  const next = new Set(collapsed);
  let parent = tree.rows[row]?.parentRow ?? -1;
  while (parent >= 0) {
    next.delete(parent);
    parent = tree.rows[parent]?.parentRow ?? -1;
  }
  return next.size === collapsed.size ? collapsed : next;
}

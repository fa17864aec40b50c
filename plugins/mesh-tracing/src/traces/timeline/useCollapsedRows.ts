import type { TraceTree } from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useMemo, useState } from 'react';
import { revealed, visibleRows } from './visibleRows';

/** Which rows of a tree are collapsed, and which are therefore to be seen. */
export function useCollapsedRows(tree: TraceTree) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const visible = useMemo(
    () => visibleRows(tree, collapsed),
    [tree, collapsed],
  );
  /** Turns a row over, or opens or closes it where that is said. */
  const toggle = useCallback((row: number, open?: boolean) => {
    setCollapsed(current => {
      const next = new Set(current);
      if (open ?? current.has(row)) {
        next.delete(row);
      } else {
        next.add(row);
      }
      return next;
    });
  }, []);
  /** Opens what hides a row. */
  const reveal = useCallback(
    (row: number) => setCollapsed(current => revealed(tree, current, row)),
    [tree],
  );
  const expandAll = useCallback(() => setCollapsed(new Set<number>()), []);
  const collapseAll = useCallback(
    () =>
      setCollapsed(
        new Set(
          tree.rows.flatMap((row, index) =>
            row.childCount > 0 ? [index] : [],
          ),
        ),
      ),
    [tree],
  );
  return { collapsed, visible, toggle, reveal, expandAll, collapseAll };
}

import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { findErrors, findSpans } from './findSpans';
import type { TimelineModel } from './timelineModel';
import { revealed, visibleRows } from './visibleRows';

/** What is collapsed, selected and found in a timeline. */
export function useTimelineState(model: TimelineModel) {
  const { parameters, update } = useTracingUrl();
  const { tree } = model;
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const selectedId = parameters.get('span');
  const selected = useMemo(() => {
    const shown = selectedId === null ? null : model.shownAs(selectedId);
    return tree.rows.findIndex(({ span }) => span.spanId === shown);
  }, [model, tree, selectedId]);
  const [active, setActive] = useState(Math.max(0, selected));
  const [arranged, setArranged] = useState(tree);
  // Another arrangement has other rows: what was said of the old ones is void.
  if (arranged !== tree) {
    setArranged(tree);
    setCollapsed(new Set());
    setActive(Math.max(0, selected));
  }
  const [text, setText] = useState(parameters.get('find') ?? '');
  const searched = useDeferredValue(text);
  const found = useMemo(() => findSpans(model, searched), [model, searched]);
  const errors = useMemo(() => findErrors(model), [model]);
  const visible = useMemo(
    () => visibleRows(tree, collapsed),
    [tree, collapsed],
  );

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
  const select = useCallback(
    (row: number | undefined) => {
      const spanId =
        row === undefined ? undefined : tree.rows[row]?.span.spanId;
      update({ span: spanId }, { replace: true });
    },
    [tree, update],
  );
  const goTo = useCallback(
    (row: number) => {
      setCollapsed(current => revealed(tree, current, row));
      setActive(row);
    },
    [tree],
  );
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
  const search = useCallback(
    (next: string) => {
      setText(next);
      update({ find: next || undefined }, { replace: true });
    },
    [update],
  );
  return {
    collapsed,
    visible,
    active,
    setActive,
    selected,
    select,
    toggle,
    goTo,
    collapseAll,
    expandAll: useCallback(() => setCollapsed(new Set<number>()), []),
    text,
    search,
    found,
    errors,
  };
}

/** State and actions of a timeline. */
export type TimelineState = ReturnType<typeof useTimelineState>;

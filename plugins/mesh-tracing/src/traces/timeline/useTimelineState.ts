import { useCallback, useMemo, useState } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { findErrors } from './findSpans';
import type { TimelineModel } from './timelineModel';
import { useCollapsedRows } from './useCollapsedRows';
import { useSpanSearch } from './useSpanSearch';

/** What is collapsed, selected and found in a timeline. */
export function useTimelineState(model: TimelineModel) {
  const { parameters, update } = useTracingUrl();
  const { tree } = model;
  const { reveal, ...rows } = useCollapsedRows(tree);
  const selectedId = parameters.get('span');
  const selected = useMemo(() => {
    const shown = selectedId === null ? null : model.shownAs(selectedId);
    return tree.rows.findIndex(({ span }) => span.spanId === shown);
  }, [model, tree, selectedId]);
  const [active, setActive] = useState(Math.max(0, selected));
  const [arranged, setArranged] = useState(tree);
  // Folding or other clocks arrange the rows anew: their numbers mean others then.
  if (arranged !== tree) {
    setArranged(tree);
    rows.expandAll();
    setActive(Math.max(0, selected));
  }
  const { text, search, found } = useSpanSearch(model);
  const errors = useMemo(() => findErrors(model), [model]);
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
      reveal(row);
      setActive(row);
    },
    [reveal],
  );
  return {
    ...rows,
    active,
    setActive,
    selected,
    select,
    goTo,
    text,
    search,
    found,
    errors,
  };
}

/** State and actions of a timeline. */
export type TimelineState = ReturnType<typeof useTimelineState>;

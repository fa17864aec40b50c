import type { TraceTree } from 'backstage-plugin-mesh-tracing-common';
import { useCallback, type KeyboardEvent } from 'react';
import type { TimelineState } from './useTimelineState';

/** Rows that Page Up and Page Down move by. */
const PAGE = 15;

/**
 * Keys of a tree grid (WAI-ARIA Authoring Practices): up and down move, right
 * opens or enters, left closes or leaves, Home and End jump, Enter shows the
 * span.
 */
export function useTimelineKeys(
  tree: TraceTree,
  state: TimelineState,
  position: number,
) {
  const { visible, active, collapsed, setActive, toggle, select } = state;
  return useCallback(
    (event: KeyboardEvent) => {
      const row = tree.rows[active];
      const move = (to: number) => {
        const next = visible[Math.min(Math.max(to, 0), visible.length - 1)];
        if (next !== undefined) {
          setActive(next);
        }
      };
      const actions: Record<string, () => void> = {
        ArrowDown: () => move(position + 1),
        ArrowUp: () => move(position - 1),
        PageDown: () => move(position + PAGE),
        PageUp: () => move(position - PAGE),
        Home: () => move(0),
        End: () => move(visible.length - 1),
        Enter: () => select(active),
        ' ': () => select(active),
        Escape: () => select(undefined),
        ArrowRight: () => {
          if (collapsed.has(active)) {
            toggle(active, true);
          } else if (row && row.childCount > 0) {
            move(position + 1);
          }
        },
        ArrowLeft: () => {
          if (row && row.childCount > 0 && !collapsed.has(active)) {
            toggle(active, false);
          } else if (row && row.parentRow >= 0) {
            setActive(row.parentRow);
          }
        },
      };
      const action = actions[event.key];
      if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        action();
      }
    },
    [tree, active, position, visible, collapsed, setActive, toggle, select],
  );
}

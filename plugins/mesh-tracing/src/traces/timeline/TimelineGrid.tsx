import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, type MouseEvent } from 'react';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './TimelineGrid.module.css';
import type { TimelineModel } from './timelineModel';
import { TimelineRow } from './TimelineRow';
import { TimelineRuler } from './TimelineRuler';
import { useTimelineKeys } from './useTimelineKeys';
import type { TimelineState } from './useTimelineState';

const ROW_HEIGHT = 28;
const RULER_HEIGHT = 28;
const OVERSCAN = 8;

/**
 * Spans as a tree grid. Only the rows in sight are in the document; the grid
 * itself holds the focus and names the active row.
 */
export function TimelineGrid(props: {
  model: TimelineModel;
  state: TimelineState;
  entitySpanIds: ReadonlySet<string>;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { model, state } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { visible, active } = state;
  const position = useMemo(() => visible.indexOf(active), [visible, active]);
  const found = useMemo(() => new Set(state.found), [state.found]);
  const virtualizer = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: RULER_HEIGHT,
    scrollPaddingStart: RULER_HEIGHT,
  });
  useEffect(() => {
    if (position >= 0) {
      virtualizer.scrollToIndex(position, { align: 'auto' });
    }
  }, [position, virtualizer]);
  const onKeyDown = useTimelineKeys(model.tree, state, position);
  const items = virtualizer.getVirtualItems();
  return (
    <div
      ref={scroller}
      className={styles.grid}
      role="treegrid"
      aria-label={t('timeline.grid')}
      aria-rowcount={visible.length + 1}
      aria-colcount={2}
      aria-activedescendant={position >= 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={event => clicked(event, state)}
    >
      <TimelineRuler durationUs={model.trace.durationUs} />
      <div
        role="rowgroup"
        className={styles.space}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(item => {
          const row = visible[item.index] as number;
          const spanId = model.tree.rows[row]?.span.spanId ?? '';
          const hiddenSide = model.hiddenSides.get(spanId)?.span;
          return (
            <TimelineRow
              key={row}
              id={`${id}-${row}`}
              row={row}
              position={item.index}
              top={item.start - RULER_HEIGHT}
              model={model}
              isActive={row === active}
              isSelected={row === state.selected}
              isCollapsed={state.collapsed.has(row)}
              isFound={found.has(row)}
              isOfEntity={props.entitySpanIds.has(spanId)}
              callee={hiddenSide?.service}
              isCalleeOfEntity={props.entitySpanIds.has(
                hiddenSide?.spanId ?? '',
              )}
            />
          );
        })}
      </div>
    </div>
  );
}

/** One handler for all rows, since they come and go while scrolling. */
function clicked(event: MouseEvent<HTMLElement>, state: TimelineState): void {
  const target = event.target as Element;
  const row = Number(
    target.closest<HTMLElement>('[data-row]')?.dataset.row ?? NaN,
  );
  if (Number.isNaN(row)) {
    return;
  }
  if (target.closest('[data-toggle]')) {
    state.toggle(row);
  } else {
    state.setActive(row);
    state.select(row);
  }
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiErrorWarningFill,
} from '@remixicon/react';
import type { TraceTreeRow } from 'backstage-plugin-mesh-tracing-common';
import { memo, type CSSProperties } from 'react';
import { formatCount, formatDuration } from '../../shared/figures/format';
import { serviceColourStyle } from '../../shared/names/serviceColour';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { SpanBar } from './SpanBar';
import styles from './TimelineGrid.module.css';
import { pathTimeUs, type TimelineModel } from './timelineModel';

const MAX_INDENT_LEVELS = 18;

function SpanRow(props: {
  id: string;
  row: number;
  /** Among the visible rows. */
  position: number;
  top: number;
  model: TimelineModel;
  isActive: boolean;
  isSelected: boolean;
  isCollapsed: boolean;
  isFound: boolean;
  isOfEntity: boolean;
  /** Service of the called proxy, when the row stands for both. */
  callee?: string;
  isCalleeOfEntity: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const treeRow = props.model.tree.rows[props.row] as TraceTreeRow;
  const { span, childCount, depth } = treeRow;
  const style = {
    ...serviceColourStyle(span.service),
    '--mesh-tracing-depth': Math.min(depth, MAX_INDENT_LEVELS),
    transform: `translateY(${props.top}px)`,
  } as CSSProperties;
  return (
    <div
      id={props.id}
      role="row"
      className={styles.row}
      style={style}
      aria-level={depth + 1}
      aria-rowindex={props.position + 2}
      aria-expanded={childCount > 0 ? !props.isCollapsed : undefined}
      aria-selected={props.isSelected}
      data-row={props.row}
      data-active={props.isActive || undefined}
      data-found={props.isFound || undefined}
    >
      <div role="gridcell" className={styles.name}>
        <Toggle treeRow={treeRow} isCollapsed={props.isCollapsed} />
        <span aria-hidden className={styles.swatch} />
        <RowErrors {...props} />
        <span className={styles.service} data-entity={props.isOfEntity}>
          {span.service}
        </span>
        {props.callee !== undefined && (
          <span className={styles.service} data-entity={props.isCalleeOfEntity}>
            {t('timeline.callee', { service: props.callee })}
          </span>
        )}
        <span className={styles.operation}>{span.operation}</span>
        {props.isCollapsed && (
          <span className={styles.hidden}>
            {t('timeline.hidden', {
              total: formatCount(treeRow.descendantCount),
            })}
          </span>
        )}
        {treeRow.isOrphan && props.model.isWhole && (
          <span className={styles.hidden}>{t('timeline.orphan')}</span>
        )}
      </div>
      <TimeCell model={props.model} treeRow={treeRow} />
    </div>
  );
}

/** That the row failed, and how often what it stands for or hides did. */
function RowErrors(props: {
  model: TimelineModel;
  row: number;
  isCollapsed: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { errorsOfRow, errorsBelowRow } = props.model;
  const below = props.isCollapsed ? errorsBelowRow[props.row] ?? 0 : 0;
  const count = (errorsOfRow[props.row] ?? 0) + below;
  if (count === 0) {
    return null;
  }
  return (
    <>
      <RiErrorWarningFill
        size={15}
        className={styles.error}
        aria-label={t('timeline.errors', { count, total: formatCount(count) })}
      />
      {count > 1 && (
        <span aria-hidden className={styles.error}>
          {formatCount(count)}
        </span>
      )}
    </>
  );
}

/** One span: its place in the tree, its name, its bar. */
export const TimelineRow = memo(SpanRow);

function Toggle(props: { treeRow: TraceTreeRow; isCollapsed: boolean }) {
  if (props.treeRow.childCount === 0) {
    return <span aria-hidden className={styles.noToggle} />;
  }
  const Icon = props.isCollapsed ? RiArrowRightSLine : RiArrowDownSLine;
  return (
    <span aria-hidden data-toggle className={styles.toggle}>
      <Icon size={16} />
    </span>
  );
}

function TimeCell(props: { model: TimelineModel; treeRow: TraceTreeRow }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { model } = props;
  const { span } = props.treeRow;
  const path = model.pathOf.get(span.spanId);
  const selfUs = model.selfUs.get(span.spanId);
  const texts = [
    formatDuration(span.durationUs),
    selfUs !== undefined &&
      t('timeline.self', { value: formatDuration(selfUs) }),
    path && t('timeline.onPath', { value: formatDuration(pathTimeUs(path)) }),
  ];
  const label = labelPlace(
    span.offsetUs / Math.max(1, model.trace.durationUs),
    span.durationUs / Math.max(1, model.trace.durationUs),
  );
  return (
    <div
      role="gridcell"
      className={styles.time}
      title={texts.filter(Boolean).join(', ')}
    >
      <SpanBar span={span} path={path} durationUs={model.trace.durationUs} />
      <span
        className={styles.label}
        data-inside={label.inside || undefined}
        style={label.style}
      >
        {texts[0]}
        <span className={styles.srOnly}>
          {', '}
          {texts.slice(1).filter(Boolean).join(', ')}
        </span>
      </span>
    </div>
  );
}

/** Share of the time column's width that every label fits into. */
const ROOM = 0.25;

/** Right of the bar where there is room, else on it, else left of it. */
function labelPlace(
  start: number,
  length: number,
): { inside: boolean; style: CSSProperties } {
  const end = start + length;
  if (end <= 1 - ROOM) {
    return { inside: false, style: { left: `${100 * end}%` } };
  }
  return length >= ROOM
    ? { inside: true, style: { right: `${100 * Math.max(0, 1 - end)}%` } }
    : { inside: false, style: { right: `${100 * (1 - start)}%` } };
}

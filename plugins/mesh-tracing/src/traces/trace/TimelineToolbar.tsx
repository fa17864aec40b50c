import { Button, ButtonIcon, SearchField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { formatCount } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { TimelineState } from '../timeline/useTimelineState';
import styles from './TraceView.module.css';

/** Finding, jumping to errors, opening and closing all, and more. */
export function TimelineToolbar(props: {
  state: TimelineState;
  /** Failed spans, of which a row may stand for two. */
  errorCount: number;
  children?: ReactNode;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { state } = props;
  const { found, errors, active } = state;
  const step = (rows: number[], direction: 1 | -1) => {
    const next =
      direction === 1
        ? rows.find(row => row > active) ?? rows[0]
        : [...rows].reverse().find(row => row < active) ?? rows.at(-1);
    if (next !== undefined) {
      state.goTo(next);
      state.select(next);
    }
  };
  return (
    <div
      className={styles.toolbar}
      role="toolbar"
      aria-label={t('timeline.tools')}
    >
      <SearchField
        size="small"
        aria-label={t('timeline.find')}
        placeholder={t('timeline.findPlaceholder')}
        className={styles.find}
        value={state.text}
        onChange={state.search}
        onSubmit={() => step(found, 1)}
      />
      {state.text && <FoundSpans found={found} onStep={step} />}
      {errors.length > 0 && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => step(errors, 1)}
        >
          {t('timeline.nextError', {
            total: formatCount(props.errorCount),
          })}
        </Button>
      )}
      <Button size="small" variant="tertiary" onPress={state.expandAll}>
        {t('timeline.expandAll')}
      </Button>
      <Button size="small" variant="tertiary" onPress={state.collapseAll}>
        {t('timeline.collapseAll')}
      </Button>
      {props.children}
      <span className={styles.legend}>
        <span aria-hidden className={styles.legendPath} />
        {t('timeline.legend')}
      </span>
    </div>
  );
}

/** How many rows were found, and the way from one to the next. */
function FoundSpans(props: {
  found: number[];
  onStep: (rows: number[], direction: 1 | -1) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { found, onStep } = props;
  return (
    <>
      <span role="status" className={styles.muted}>
        {t('timeline.foundCount', { total: formatCount(found.length) })}
      </span>
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={t('timeline.previous')}
        icon={<RiArrowUpLine aria-hidden />}
        isDisabled={found.length === 0}
        onPress={() => onStep(found, -1)}
      />
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={t('timeline.next')}
        icon={<RiArrowDownLine aria-hidden />}
        isDisabled={found.length === 0}
        onPress={() => onStep(found, 1)}
      />
    </>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatDuration } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './TimelineGrid.module.css';

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Column headers; the second one holds the clock. */
export function TimelineRuler({ durationUs }: { durationUs: number }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <div role="row" aria-rowindex={1} className={styles.ruler}>
      <div role="columnheader" className={styles.name}>
        {t('timeline.span')}
      </div>
      <div
        role="columnheader"
        className={styles.time}
        aria-label={t('timeline.time', { value: formatDuration(durationUs) })}
      >
        {TICKS.map(tick => (
          <span
            key={tick}
            aria-hidden
            className={styles.tick}
            data-place={placeOf(tick)}
            style={{ left: `${tick * 100}%` }}
          >
            {formatDuration(tick * durationUs)}
          </span>
        ))}
      </div>
    </div>
  );
}

function placeOf(tick: number): string | undefined {
  if (tick === 0) {
    return 'start';
  }
  if (tick === 1) {
    return 'end';
  }
  return tick === 0.5 ? undefined : 'quarter';
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PreviewResponse } from 'backstage-plugin-mesh-tracing-common';
import { formatBytes, formatRate } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './PreviewPanel.module.css';

/** How many more traces, spans and bytes, and how that was estimated. */
export function PreviewImpact({
  preview: { impact, impactWithheld, reach },
}: {
  preview: PreviewResponse;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (!impact) {
    return (
      <div className={styles.part}>
        <h4>{t('impact.title')}</h4>
        {reach?.changed === 0
          ? t('impact.none')
          : impactWithheld ?? t('impact.unknown')}
      </div>
    );
  }
  const rows = [
    [
      reach ? t('impact.tracesOfAll') : t('impact.traces'),
      formatRate(impact.tracesPerSecondBefore),
      formatRate(impact.tracesPerSecondAfter),
    ],
    [
      t('impact.spans'),
      formatRate(impact.spansPerSecondBefore),
      formatRate(impact.spansPerSecondAfter),
    ],
    [
      t('impact.storage'),
      formatBytes(impact.bytesPerDayBefore),
      formatBytes(impact.bytesPerDayAfter),
    ],
  ];
  return (
    <div className={styles.part}>
      <h4>{t('impact.title')}</h4>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('impact.what')}</th>
            <th scope="col">{t('preview.before')}</th>
            <th scope="col">{t('preview.after')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, before, after]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{before}</td>
              <td className={styles.after}>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.note}>
        {t('impact.assumption', { text: impact.assumption })}
      </div>
    </div>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyResponse } from 'backstage-plugin-mesh-tracing-common';
import {
  formatCount,
  formatDuration,
  formatShare,
  serviceColourStyle,
  ServiceLabel,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './LatencyView.module.css';

const SHOWN = 12;

/** Whose own time the traces waited for, the most first. */
export function CriticalPathTable(props: {
  parts: LatencyResponse['criticalPath'];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const total = props.parts.reduce((sum, part) => sum + part.selfUs, 0);
  const parts = [...props.parts]
    .sort((a, b) => b.selfUs - a.selfUs)
    .slice(0, SHOWN);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('traces.operation')}</th>
          <th scope="col">{t('latency.share')}</th>
          <th scope="col" className={styles.number}>
            {t('latency.time')}
          </th>
          <th scope="col" className={styles.number}>
            {t('latency.inTraces')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map(part => (
          <tr key={`${part.service} ${part.operation}`}>
            <th scope="row">
              {part.operation}
              <div className={styles.note}>
                <ServiceLabel name={part.service} />
              </div>
            </th>
            <td>
              {formatShare(part.selfUs, total)}
              <span className={styles.track} aria-hidden>
                <span
                  className={styles.bar}
                  style={{
                    ...serviceColourStyle(part.service),
                    width: `${(100 * part.selfUs) / Math.max(1, total)}%`,
                  }}
                />
              </span>
            </td>
            <td className={styles.number}>{formatDuration(part.selfUs)}</td>
            <td className={styles.number}>{formatCount(part.traceCount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

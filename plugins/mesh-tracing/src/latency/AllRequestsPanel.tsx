import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AllRequests } from 'backstage-plugin-mesh-tracing-common';
import {
  formatDuration,
  formatRate,
  formatShare,
  Panel,
  SeverityIcon,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './LatencyView.module.css';

/** Figures of every request, from metrics, kept apart from those of traces. */
export function AllRequestsPanel({ figures }: { figures: AllRequests }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { rows, problem } = figures;
  return (
    <Panel
      title={t('latency.allTitle')}
      note={t('latency.allNote')}
      flush={rows.length > 0}
    >
      {problem !== undefined && (
        <div className={styles.problem}>
          <SeverityIcon severity="warning" />
          <span>{t('latency.allProblem', { problem })}</span>
        </div>
      )}
      {rows.length > 0 && <AllRequestsTable rows={rows} />}
      {rows.length === 0 && problem === undefined && (
        <div className={styles.note}>{t('latency.allEmpty')}</div>
      )}
    </Panel>
  );
}

function AllRequestsTable({ rows }: { rows: AllRequests['rows'] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <table className={styles.table} aria-label={t('latency.allTitle')}>
      <thead>
        <tr>
          <th scope="col">{t('dependencies.service')}</th>
          <th scope="col" className={styles.number}>
            {t('latency.rate')}
          </th>
          <th scope="col" className={styles.number}>
            {t('latency.errorRate')}
          </th>
          {['p50', 'p95', 'p99'].map(name => (
            <th key={name} scope="col" className={styles.number}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={`${row.service} ${row.operation ?? ''}`}>
            <th scope="row">
              {row.operation ?? row.service}
              {row.operation !== undefined && (
                <div className={styles.note}>{row.service}</div>
              )}
            </th>
            <td className={styles.number}>
              {shown(row.callsPerSecond, rate =>
                t('latency.perSecond', { rate: formatRate(rate) }),
              )}
            </td>
            <td className={styles.number}>
              {shown(row.errorRate, share => formatShare(share, 1))}
            </td>
            <td className={styles.number}>
              {shown(row.p50Us, formatDuration)}
            </td>
            <td className={styles.number}>
              {shown(row.p95Us, formatDuration)}
            </td>
            <td className={styles.number}>
              {shown(row.p99Us, formatDuration)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Null: the source has no series for it. */
function shown(value: number | null, format: (value: number) => string) {
  return value === null ? '–' : format(value);
}

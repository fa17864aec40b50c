import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TracesResponse } from 'backstage-plugin-mesh-tracing-common';
import {
  ErrorCount,
  formatCount,
  formatDuration,
  formatTime,
  ServiceLabel,
  StateMessage,
  useTracingUrl,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './LatestTraces.module.css';

/** The newest traces, each one click from its timeline. */
export function LatestTraces({ traces }: { traces: TracesResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  if (traces.traces.length === 0) {
    return (
      <StateMessage
        kind="empty"
        title={t('traces.emptyTitle')}
        whatToDo={t('traces.emptyWhatToDo')}
      >
        {t('traces.searched', { services: traces.services.join(', ') || '–' })}
      </StateMessage>
    );
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('traces.start')}</th>
          <th scope="col">{t('traces.operation')}</th>
          <th scope="col" className={styles.number}>
            {t('traces.duration')}
          </th>
          <th scope="col" className={styles.number}>
            {t('traces.spans')}
          </th>
          <th scope="col">{t('traces.errors')}</th>
        </tr>
      </thead>
      <tbody>
        {traces.traces.map(trace => (
          <tr key={trace.traceId}>
            <td className={styles.start}>{formatTime(trace.startTimeMs)}</td>
            <td className={styles.operation}>
              <Link href={href({ trace: trace.traceId })} variant="body-small">
                {trace.rootOperation ?? t('traces.noRoot')}
              </Link>
              <div className={styles.service}>
                <ServiceLabel
                  name={trace.rootService ?? trace.services[0]?.name ?? '–'}
                />
              </div>
            </td>
            <td className={styles.number}>
              {formatDuration(trace.durationUs)}
            </td>
            <td className={styles.number}>{formatCount(trace.spanCount)}</td>
            <td>
              <ErrorCount count={trace.errorSpanCount} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TracesResponse } from 'backstage-plugin-mesh-tracing-common';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { ErrorCount } from '../shared/figures/ErrorCount';
import {
  formatCount,
  formatDuration,
  formatTime,
} from '../shared/figures/format';
import { ServiceLabel } from '../shared/names/ServiceLabel';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { NoTraces } from '../traces';
import styles from './LatestTraces.module.css';

/** The newest traces, each one click from its timeline. */
export function LatestTraces({ traces }: { traces: TracesResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  if (traces.traces.length === 0) {
    return (
      <NoTraces title={t('traces.emptyTitle')} services={traces.services} />
    );
  }
  return (
    <div className={styles.container}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.wide}>
              {t('traces.start')}
            </th>
            <th scope="col">{t('traces.operation')}</th>
            <th scope="col" className={styles.number}>
              {t('traces.duration')}
            </th>
            <th scope="col" className={`${styles.number} ${styles.wide}`}>
              {t('traces.spans')}
            </th>
            <th scope="col">{t('traces.errors')}</th>
          </tr>
        </thead>
        <tbody>
          {traces.traces.map(trace => (
            <tr key={trace.traceId}>
              <td className={`${styles.start} ${styles.wide}`}>
                {formatTime(trace.startTimeMs)}
              </td>
              <td className={styles.operation}>
                <Link
                  href={href({ trace: trace.traceId })}
                  variant="body-small"
                >
                  {trace.rootOperation ??
                    trace.earliestOperation ??
                    t('traces.noRoot')}
                </Link>
                <div className={styles.service}>
                  <ServiceLabel
                    name={trace.rootService ?? trace.services[0]?.name ?? '–'}
                  />
                </div>
                <div className={`${styles.start} ${styles.narrow}`}>
                  {formatTime(trace.startTimeMs)}
                </div>
              </td>
              <td className={styles.number}>
                {formatDuration(trace.durationUs)}
              </td>
              <td className={`${styles.number} ${styles.wide}`}>
                {formatCount(trace.spanCount)}
              </td>
              <td>
                <ErrorCount count={trace.errorSpanCount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

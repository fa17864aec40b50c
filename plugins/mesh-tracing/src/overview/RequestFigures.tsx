import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyResponse } from 'backstage-plugin-mesh-tracing-common';
import {
  Figure,
  formatCount,
  formatDuration,
  formatShare,
  formatTime,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';

/** Requests, latency and errors of the window, against the window before. */
export function RequestFigures({ latency }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const now = latency.latency.overall;
  const before = latency.previous;
  const { coverage } = latency;
  return (
    <>
      <Figure
        label={
          latency.basis === 'all-requests'
            ? t('overview.requests')
            : t('overview.sampledRequests')
        }
        value={`${formatCount(now?.count ?? 0)}${coverage.complete ? '' : '+'}`}
      >
        <div>
          {latency.basis === 'all-requests'
            ? t('overview.ofAllRequests')
            : t('overview.ofSampledTraces', {
                total: formatCount(latency.traceCount),
              })}
        </div>
        {!coverage.complete && coverage.oldestStartTimeMs !== undefined
          ? t('overview.onlySince', {
              at: formatTime(coverage.oldestStartTimeMs),
            })
          : before &&
            t('overview.before', { value: formatCount(before.count) })}
      </Figure>
      <Figure
        label={t('overview.latency')}
        value={now ? formatDuration(now.p95Us) : '–'}
        unit={now && t('overview.p50', { value: formatDuration(now.p50Us) })}
      >
        {before &&
          t('overview.beforeLatency', {
            p95: formatDuration(before.p95Us),
            p50: formatDuration(before.p50Us),
          })}
      </Figure>
      <Figure
        label={t('overview.errorRate')}
        value={now ? formatShare(now.errorCount, now.count) : '–'}
      >
        {now && (
          <div>
            {t('overview.errorsOf', {
              errors: formatCount(now.errorCount),
              total: formatCount(now.count),
            })}
            {now.count < 30 && ` ${t('overview.smallSample')}`}
          </div>
        )}
        {before &&
          before.count > 0 &&
          t('overview.before', {
            value: formatShare(before.errorCount, before.count),
          })}
      </Figure>
    </>
  );
}

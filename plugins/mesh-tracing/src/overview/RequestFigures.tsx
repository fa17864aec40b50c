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

/** Fewer requests than this say little about a rate. */
const SMALL_SAMPLE = 100;

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
                count: latency.traceCount,
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
      <ErrorRate latency={latency} />
    </>
  );
}

/** The rate; of a small sample only the bounds that it allows. */
function ErrorRate({ latency }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const now = latency.latency.overall;
  const before = latency.previous;
  const { confidence } = latency;
  const bounds =
    latency.basis === 'sampled-traces' && confidence && now
      ? {
          low: formatShare(confidence.errorRateLow, 1),
          high: formatShare(confidence.errorRateHigh, 1),
        }
      : undefined;
  const isSmall = now !== null && now.count < SMALL_SAMPLE;
  const rate = now ? formatShare(now.errorCount, now.count) : '–';
  return (
    <Figure
      label={t('overview.errorRate')}
      value={bounds && isSmall ? t('confidence.range', bounds) : rate}
      unit={bounds && isSmall ? t('confidence.sure') : undefined}
    >
      {bounds && !isSmall && <div>{t('confidence.ofAll', bounds)}</div>}
      {now && (
        <div>
          {t('overview.errorsOf', {
            errors: formatCount(now.errorCount),
            count: now.count,
            total: formatCount(now.count),
          })}
          {isSmall && ` ${t('overview.smallSample')}`}
        </div>
      )}
      {before &&
        before.count > 0 &&
        t('overview.before', {
          value: t('latency.errorsOf', {
            errors: formatCount(before.errorCount),
            total: formatCount(before.count),
          }),
        })}
    </Figure>
  );
}

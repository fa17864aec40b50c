import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyResponse } from 'backstage-plugin-mesh-tracing-common';
import {
  formatCount,
  formatDuration,
  formatShare,
  formatTime,
} from '../shared/figures/format';
import { useFailureCodes } from '../shared/figures/useFailureCodes';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { Figure } from '../shared/figures/Figure';

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
        value={formatCount(now?.count ?? 0)}
      >
        <div>
          {latency.basis === 'all-requests' ? (
            t('overview.ofAllRequests')
          ) : (
            <Traces latency={latency} />
          )}
        </div>
        {coverage.complete &&
          before &&
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

/** How many traces the requests are of, and since when if not all were read. */
function Traces({ latency }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { coverage, traceCount } = latency;
  const counts = { count: traceCount, total: formatCount(traceCount) };
  return (
    <>
      {!coverage.complete && coverage.oldestStartTimeMs !== undefined
        ? t('overview.ofNewestTraces', {
            ...counts,
            at: formatTime(coverage.oldestStartTimeMs),
          })
        : t('overview.ofSampledTraces', counts)}
    </>
  );
}

/** The rate; of a small sample only the bounds that it allows. */
function ErrorRate({ latency }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const now = latency.latency.overall;
  const before = latency.previous;
  const { confidence } = latency;
  const codes = useFailureCodes()(now?.failures);
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
      {codes && <div>{codes}</div>}
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

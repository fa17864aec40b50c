import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  LatencyResponse,
  LatencyStatistics,
} from 'backstage-plugin-mesh-tracing-common';
import {
  formatCount,
  formatDuration,
  formatShare,
  formatTime,
} from '../shared/figures/format';
import { useFailureCodes } from '../shared/figures/useFailureCodes';
import { isEstimate, isRatioNoise } from '../shared/sample/estimates';
import { useBoundsText } from '../shared/sample/EstimatedDuration';
import { useAboutText } from '../shared/sample/useAboutText';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { Figure } from '../shared/figures/Figure';

/** Fewer requests than this say little about a rate. */
const SMALL_SAMPLE = 100;

/** Requests, latency and errors of the window, against the window before. */
export function RequestFigures({ latency }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const aboutText = useAboutText();
  const now = latency.latency.overall;
  const before = latency.previous;
  const { coverage, sample } = latency;
  return (
    <>
      <Figure
        label={
          latency.basis === 'all-requests'
            ? t('overview.requests')
            : t('overview.sampledRequests')
        }
        value={aboutText(
          now?.count ?? 0,
          now?.estimate !== undefined,
          now?.estimate?.count,
        )}
      >
        <div>
          {latency.basis === 'all-requests' ? (
            t('overview.ofAllRequests')
          ) : (
            <Traces latency={latency} />
          )}
        </div>
        {(coverage.complete || sample) &&
          before &&
          t('overview.before', {
            value: aboutText(
              before.count,
              before.estimate !== undefined,
              before.estimate?.count,
            ),
          })}
      </Figure>
      <Latency now={now} before={before} comparison={latency.comparison} />
      <ErrorRate latency={latency} />
    </>
  );
}

/** The p95 with its bounds, and whether it differs from before by more than chance. */
function Latency(props: {
  now: LatencyStatistics | null;
  before: LatencyStatistics | null;
  comparison: LatencyResponse['comparison'];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const boundsText = useBoundsText();
  const { now, before } = props;
  return (
    <Figure
      label={t('overview.latency')}
      value={now ? formatDuration(now.p95Us) : '–'}
      unit={
        now &&
        [
          boundsText(now.p95Us, now.estimate?.p95Us),
          t('overview.p50', { value: formatDuration(now.p50Us) }),
        ]
          .filter(Boolean)
          .join(' ')
      }
    >
      {before && (
        <div>
          {t('overview.beforeLatency', {
            p95: formatDuration(before.p95Us),
            p50: formatDuration(before.p50Us),
          })}
        </div>
      )}
      {before && isRatioNoise(props.comparison?.p95RatioBounds) && (
        <div>{t('overview.latencyNoise')}</div>
      )}
    </Figure>
  );
}

/** How many traces the requests are of, and since when if not all were read. */
function Traces({ latency }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const aboutText = useAboutText();
  const { coverage, sample } = latency;
  const traceCount = sample?.estimatedTraceCount ?? latency.traceCount;
  const counts = {
    count: traceCount,
    total: aboutText(traceCount, isEstimate(sample)),
  };
  return (
    <>
      {!sample && !coverage.complete && coverage.oldestStartTimeMs !== undefined
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
  const codes = useFailureCodes()(now?.failures, now?.estimate !== undefined);
  const estimate = now?.estimate;
  const aboutText = useAboutText();
  // Of all requests: which were traced is chance too, besides which were read.
  const { low, high } = confidence
    ? { low: confidence.errorRateLow, high: confidence.errorRateHigh }
    : estimate?.errorRate ?? { low: 0, high: 1 };
  const bounds =
    latency.basis === 'sampled-traces' && (estimate ?? confidence) && now
      ? { low: formatShare(low, 1), high: formatShare(high, 1) }
      : undefined;
  // None failed of those that were read; of the others nobody knows.
  const totalText = ({ count, errorCount }: LatencyStatistics) =>
    estimate && errorCount === 0
      ? formatCount(estimate.sampleCount)
      : aboutText(count, estimate !== undefined, estimate?.count);
  const isSmall =
    now !== null && (estimate?.sampleCount ?? now.count) < SMALL_SAMPLE;
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
            errors: aboutText(now.errorCount, estimate !== undefined),
            count: now.count,
            total: totalText(now),
          })}
          {isSmall && ` ${t('overview.smallSample')}`}
        </div>
      )}
      {codes && <div>{codes}</div>}
      {before &&
        before.count > 0 &&
        t('overview.before', {
          value: before.estimate
            ? formatShare(before.errorCount, before.count)
            : t('latency.errorsOf', {
                errors: formatCount(before.errorCount),
                total: formatCount(before.count),
              }),
        })}
    </Figure>
  );
}

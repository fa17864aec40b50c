import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MeasuredRequests,
  RequestFigures,
} from 'backstage-plugin-mesh-tracing-common';
import { lazy, Suspense } from 'react';
import { Figure } from '../../shared/figures/Figure';
import {
  formatCount,
  formatDuration,
  formatOrDash,
  formatRate,
  formatShare,
} from '../../shared/figures/format';
import { SeverityIcon } from '../../shared/notes/SeverityIcon';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './requests.module.css';
import { useEmptyText } from './useEmptyText';
import { useMissingTexts } from './useMissingTexts';

const RequestCharts = lazy(() =>
  import('./RequestCharts').then(m => ({ default: m.RequestCharts })),
);

/** The window as a whole in figures, and its course over time. */
export function MeasuredFigures(props: {
  requests: MeasuredRequests;
  windowMs: number;
}) {
  const { requests, windowMs } = props;
  const { overall, series } = requests;
  const emptyText = useEmptyText();
  const missing = useMissingTexts()(requests);
  if (!overall) {
    return <p className={styles.quiet}>{emptyText(requests.source)}</p>;
  }
  return (
    <>
      <Headline overall={overall} windowMs={windowMs} />
      {missing.map(text => (
        <p key={text} className={styles.note}>
          <SeverityIcon severity="warning" />
          <span>{text}</span>
        </p>
      ))}
      {series.points.length > 0 && (
        <Suspense fallback={<div className={styles.chart} />}>
          <RequestCharts points={series.points} />
        </Suspense>
      )}
    </>
  );
}

function Headline(props: { overall: RequestFigures; windowMs: number }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { callsPerSecond, errorRate, p50Us, p95Us, p99Us } = props.overall;
  const requests = ((callsPerSecond ?? 0) * props.windowMs) / 1_000;
  const failed = requests * (errorRate ?? 0);
  return (
    <div className={styles.figures}>
      <Figure
        label={t('requests.rate')}
        value={formatOrDash(callsPerSecond, rate =>
          t('requests.rateOf', { rate: formatRate(rate) }),
        )}
      >
        {callsPerSecond === 0
          ? t('requests.noRequest')
          : t('requests.about', {
              count: Math.round(requests),
              total: formatCount(Math.round(requests)),
            })}
      </Figure>
      <Figure
        label={t('requests.errorRate')}
        value={formatOrDash(errorRate, share => formatShare(share, 1))}
      >
        {errorRate !== null &&
          t('requests.failed', {
            count: Math.round(failed),
            total: formatCount(Math.round(failed)),
          })}
      </Figure>
      <Figure
        label={t('requests.p50')}
        value={formatOrDash(p50Us, formatDuration)}
      />
      <Figure
        label={t('requests.p95')}
        value={formatOrDash(p95Us, formatDuration)}
      />
      <Figure
        label={t('requests.p99')}
        value={formatOrDash(p99Us, formatDuration)}
      />
    </div>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyStatistics } from 'backstage-plugin-mesh-tracing-common';
import { formatCount, formatDuration, formatShare } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { formatRatio } from './formatRatio';
import styles from './LatencyView.module.css';

const QUANTILES = ['p50Us', 'p75Us', 'p90Us', 'p95Us', 'p99Us'] as const;

/** This window, the window before, and what changed. */
export function ComparisonTable(props: {
  now: LatencyStatistics;
  before: LatencyStatistics | null;
  /** Whether enough was seen in both to say what changed. */
  isComparable: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { now, before } = props;
  const names = QUANTILES.map(quantile => quantile.replace('Us', ''));
  return (
    <table className={styles.table} aria-label={t('comparison.title')}>
      <thead>
        <tr>
          <th scope="col">{t('comparison.window')}</th>
          <th scope="col" className={styles.number}>
            {t('latency.count')}
          </th>
          <th scope="col" className={styles.number}>
            {t('traces.errors')}
          </th>
          <th scope="col" className={styles.number}>
            {t('latency.mean')}
          </th>
          {names.map(name => (
            <th key={name} scope="col" className={styles.number}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <WindowRow name={t('comparison.now')} statistics={now} />
        {before ? (
          <>
            <WindowRow
              name={t('comparison.windowBefore')}
              statistics={before}
            />
            {props.isComparable && <ChangeRow now={now} before={before} />}
          </>
        ) : (
          <tr>
            <th scope="row">{t('comparison.windowBefore')}</th>
            <td colSpan={8}>{t('comparison.noBefore')}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function WindowRow(props: { name: string; statistics: LatencyStatistics }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { statistics } = props;
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <td className={styles.number}>{formatCount(statistics.count)}</td>
      <td className={styles.number}>
        {t('latency.errorsOf', {
          errors: formatCount(statistics.errorCount),
          total: formatCount(statistics.count),
        })}
      </td>
      <td className={styles.number}>{formatDuration(statistics.meanUs)}</td>
      {QUANTILES.map(quantile => (
        <td key={quantile} className={styles.number}>
          {formatDuration(statistics[quantile])}
        </td>
      ))}
    </tr>
  );
}

function ChangeRow(props: {
  now: LatencyStatistics;
  before: LatencyStatistics;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { now, before } = props;
  const ratios = (['meanUs', ...QUANTILES] as const).map(
    figure => [figure, formatRatio(before[figure], now[figure])] as const,
  );
  return (
    <tr>
      <th scope="row">{t('comparison.change')}</th>
      {/* Counts of samples, perhaps cut off, say nothing of traffic. */}
      <td className={styles.number}>–</td>
      <td className={styles.number}>
        {t('comparison.shares', {
          before: formatShare(before.errorCount, before.count),
          now: formatShare(now.errorCount, now.count),
        })}
      </td>
      {ratios.map(([figure, ratio]) => (
        <td key={figure} className={styles.number}>
          {ratio}
        </td>
      ))}
    </tr>
  );
}

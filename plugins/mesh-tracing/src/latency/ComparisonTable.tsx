import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyStatistics } from 'backstage-plugin-mesh-tracing-common';
import { FigureCell, FigureTable } from '../shared/figures/FigureTable';
import {
  formatCount,
  formatDuration,
  formatShare,
} from '../shared/figures/format';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { formatRatio } from './formatRatio';

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
  return (
    <FigureTable
      label={t('comparison.title')}
      columns={[
        { name: t('comparison.window'), isText: true },
        { name: t('latency.count') },
        { name: t('traces.errors') },
        { name: t('latency.mean') },
        ...QUANTILES.map(quantile => ({ name: quantile.replace('Us', '') })),
      ]}
    >
      <WindowRow name={t('comparison.now')} statistics={now} />
      {before ? (
        <>
          <WindowRow name={t('comparison.windowBefore')} statistics={before} />
          {props.isComparable && <ChangeRow now={now} before={before} />}
        </>
      ) : (
        <tr>
          <th scope="row">{t('comparison.windowBefore')}</th>
          <td colSpan={8}>{t('comparison.noBefore')}</td>
        </tr>
      )}
    </FigureTable>
  );
}

function WindowRow(props: { name: string; statistics: LatencyStatistics }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { statistics } = props;
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <FigureCell>{formatCount(statistics.count)}</FigureCell>
      <FigureCell>
        {t('latency.errorsOf', {
          errors: formatCount(statistics.errorCount),
          total: formatCount(statistics.count),
        })}
      </FigureCell>
      <FigureCell>{formatDuration(statistics.meanUs)}</FigureCell>
      {QUANTILES.map(quantile => (
        <FigureCell key={quantile}>
          {formatDuration(statistics[quantile])}
        </FigureCell>
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
      <FigureCell>–</FigureCell>
      <FigureCell>
        {t('comparison.shares', {
          before: formatShare(before.errorCount, before.count),
          now: formatShare(now.errorCount, now.count),
        })}
      </FigureCell>
      {ratios.map(([figure, ratio]) => (
        <FigureCell key={figure}>{ratio}</FigureCell>
      ))}
    </tr>
  );
}

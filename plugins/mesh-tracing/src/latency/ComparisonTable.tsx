import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  LatencyComparison,
  LatencyStatistics,
  SampleFacts,
} from 'backstage-plugin-mesh-tracing-common';
import {
  FigureCell,
  FigureNote,
  FigureTable,
} from '../shared/figures/FigureTable';
import { formatDuration, formatShare } from '../shared/figures/format';
import { EstimatedDuration } from '../shared/sample/EstimatedDuration';
import { isRatioNoise, isWithinNoise } from '../shared/sample/estimates';
import { useAboutText } from '../shared/sample/useAboutText';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { estimatedFigure, type EstimatedName } from './estimatedFigure';
import { formatRatio } from './formatRatio';
import { StatisticsErrors } from './StatisticsErrors';

const QUANTILES = ['p50Us', 'p75Us', 'p90Us', 'p95Us', 'p99Us'] as const;

/** Percentiles that an estimate has bounds of. */
const BOUNDED: readonly string[] = ['p50Us', 'p95Us', 'p99Us'];

/** This window, the window before, and what changed. */
export function ComparisonTable(props: {
  now: LatencyStatistics;
  before: LatencyStatistics | null;
  /** Absent where the figures are of the newest traces alone. */
  sample: SampleFacts | undefined;
  /** Absent where either window is missing. */
  comparison: LatencyComparison | null | undefined;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { now, before, comparison } = props;
  const isComparable = comparison && comparison.verdict !== 'too few requests';
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
          {isComparable && (
            <ChangeRow
              now={now}
              before={before}
              comparison={comparison}
              countsCompare={props.sample !== undefined}
            />
          )}
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
  const aboutText = useAboutText();
  const { statistics } = props;
  const { estimate } = statistics;
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <FigureCell>
        {aboutText(statistics.count, estimate !== undefined, estimate?.count)}
      </FigureCell>
      <FigureCell>
        <StatisticsErrors statistics={statistics} />
      </FigureCell>
      <FigureCell>{formatDuration(statistics.meanUs)}</FigureCell>
      {QUANTILES.map(quantile => (
        <FigureCell key={quantile}>
          <EstimatedDuration
            valueUs={statistics[quantile]}
            bounds={boundsOf(statistics, quantile)}
          />
        </FigureCell>
      ))}
    </tr>
  );
}

function ChangeRow(props: {
  now: LatencyStatistics;
  before: LatencyStatistics;
  comparison: LatencyComparison;
  /** The counts stand for the whole of both windows. */
  countsCompare: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { now, before } = props;
  const noise = (figure: EstimatedName) =>
    mayBeChance(props, figure) && <FigureNote>{t('sample.noise')}</FigureNote>;
  return (
    <tr>
      <th scope="row">{t('comparison.change')}</th>
      <FigureCell>
        {/* Counts of samples that were cut off say nothing of traffic. */}
        {props.countsCompare ? formatRatio(before.count, now.count) : '–'}
        {props.countsCompare && noise('count')}
      </FigureCell>
      <FigureCell>
        {t('comparison.shares', {
          before: formatShare(before.errorCount, before.count),
          now: formatShare(now.errorCount, now.count),
        })}
        {noise('errorRate')}
      </FigureCell>
      <FigureCell>{formatRatio(before.meanUs, now.meanUs)}</FigureCell>
      {QUANTILES.map(quantile => (
        <FigureCell key={quantile}>
          {formatRatio(before[quantile], now[quantile])}
          {isBounded(quantile) && noise(quantile)}
        </FigureCell>
      ))}
    </tr>
  );
}

/** Whether a change is no larger than what the figures are uncertain by. */
function mayBeChance(
  of: {
    now: LatencyStatistics;
    before: LatencyStatistics;
    comparison: LatencyComparison;
  },
  figure: EstimatedName,
): boolean {
  const { p50RatioBounds, p95RatioBounds } = of.comparison;
  switch (figure) {
    case 'p50Us':
      return isRatioNoise(p50RatioBounds);
    case 'p95Us':
      return isRatioNoise(p95RatioBounds);
    default:
      return isWithinNoise(
        estimatedFigure(of.before, figure),
        estimatedFigure(of.now, figure),
      );
  }
}

function boundsOf(
  statistics: LatencyStatistics,
  quantile: (typeof QUANTILES)[number],
) {
  return isBounded(quantile) ? statistics.estimate?.[quantile] : undefined;
}

function isBounded(
  quantile: (typeof QUANTILES)[number],
): quantile is 'p50Us' | 'p95Us' | 'p99Us' {
  return BOUNDED.includes(quantile);
}

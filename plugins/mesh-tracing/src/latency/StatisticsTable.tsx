import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  isRefusal,
  sampleConfidence,
  type EstimateBounds,
  type LatencyStatistics,
} from 'backstage-plugin-mesh-tracing-common';
import { useMemo, useState } from 'react';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import {
  FigureCell,
  FigureNote,
  FigureTable,
} from '../shared/figures/FigureTable';
import {
  formatCount,
  formatDuration,
  formatShare,
} from '../shared/figures/format';
import { useFailureCodes } from '../shared/figures/useFailureCodes';
import { SeverityIcon } from '../shared/notes/SeverityIcon';
import { EstimatedDuration } from '../shared/sample/EstimatedDuration';
import { useAboutText } from '../shared/sample/useAboutText';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { StatisticsErrors } from './StatisticsErrors';

/** Fewer requests than this say little about a rate or a high percentile. */
const SMALL_SAMPLE = 30;

/** Statistics of a group of requests. */
export interface StatisticsRow extends LatencyStatistics {
  id: string;
  title: string;
  note?: string;
  /** Leads to the traces of this operation. */
  operation?: string;
}

type Column =
  | 'count'
  | 'errorCount'
  | 'p50Us'
  | 'p75Us'
  | 'p95Us'
  | 'p99Us'
  | 'maxUs';

const COLUMNS: Column[] = [
  'count',
  'errorCount',
  'p50Us',
  'p75Us',
  'p95Us',
  'p99Us',
  'maxUs',
];

/** Groups of requests side by side, sortable by every number. */
export function StatisticsTable(props: {
  name: string;
  rows: StatisticsRow[];
  /** Of a sample: a rate of few requests is shown by its bounds. */
  isSample: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [sortBy, setSortBy] = useState<Column>('count');
  const rows = useMemo(
    () =>
      [...props.rows].sort((a, b) => valueOf(b, sortBy) - valueOf(a, sortBy)),
    [props.rows, sortBy],
  );
  const names: Record<Column, string> = {
    count: t('latency.count'),
    errorCount: t('latency.errorRate'),
    p50Us: 'p50',
    p75Us: 'p75',
    p95Us: 'p95',
    p99Us: 'p99',
    maxUs: t('latency.max'),
  };
  return (
    <FigureTable
      columns={[
        { name: props.name, isText: true },
        ...COLUMNS.map(column => ({
          name: names[column],
          isSorted: sortBy === column,
          onSort: () => setSortBy(column),
        })),
      ]}
    >
      {rows.map(row => (
        <StatisticsCells key={row.id} row={row} isSample={props.isSample} />
      ))}
    </FigureTable>
  );
}

function StatisticsCells(props: { row: StatisticsRow; isSample: boolean }) {
  const { row } = props;
  const { estimate } = row;
  const isSmall = (estimate?.sampleCount ?? row.count) < SMALL_SAMPLE;
  const aboutText = useAboutText();
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  const codes = useFailureCodes()(row.failures);
  const isRefused = row.failures?.every(isRefusal) ?? false;
  return (
    <tr>
      <th scope="row">
        {row.operation === undefined ? (
          row.title
        ) : (
          <Link
            href={href({ view: 'traces', operation: row.operation })}
            variant="body-small"
          >
            {row.title}
          </Link>
        )}
        {row.note && <FigureNote>{row.note}</FigureNote>}
      </th>
      <FigureCell>
        {aboutText(row.count, estimate !== undefined, estimate?.count)}
        {isSmall && <FigureNote>{t('latency.smallSample')}</FigureNote>}
      </FigureCell>
      <FigureCell>
        {row.errorCount > 0 && (
          <SeverityIcon severity={isRefused ? 'info' : 'error'} size={13} />
        )}{' '}
        {estimate || (props.isSample && isSmall) ? (
          <ErrorBounds row={row} isSmall={isSmall} />
        ) : (
          formatShare(row.errorCount, row.count)
        )}
        {!estimate && (
          <FigureNote>
            {t('latency.errorsOf', {
              errors: formatCount(row.errorCount),
              total: formatCount(row.count),
            })}
          </FigureNote>
        )}
        {codes && <FigureNote>{codes}</FigureNote>}
      </FigureCell>
      <Quantile valueUs={row.p50Us} bounds={estimate?.p50Us} />
      <Quantile valueUs={row.p75Us} bounds={undefined} />
      <Quantile valueUs={row.p95Us} bounds={estimate?.p95Us} />
      <Quantile valueUs={row.p99Us} bounds={estimate?.p99Us} />
      <FigureCell>
        {estimate
          ? t('sample.atLeast', { value: formatDuration(row.maxUs) })
          : formatDuration(row.maxUs)}
      </FigureCell>
    </tr>
  );
}

function Quantile(props: {
  valueUs: number;
  bounds: EstimateBounds | null | undefined;
}) {
  return (
    <FigureCell>
      <EstimatedDuration {...props} />
    </FigureCell>
  );
}

/**
 * What a sample says about the rate among all: the rate with its bounds, or of a
 * few requests the bounds alone.
 */
function ErrorBounds(props: { row: StatisticsRow; isSmall: boolean }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { row } = props;
  if (row.estimate && !props.isSmall) {
    return <StatisticsErrors statistics={row} />;
  }
  const counted = sampleConfidence(row.count, row.errorCount, null);
  const { low, high } = row.estimate?.errorRate ?? {
    low: counted.errorRateLow,
    high: counted.errorRateHigh,
  };
  return (
    <span title={t('confidence.sure')}>
      {t('confidence.range', {
        low: formatShare(low, 1),
        high: formatShare(high, 1),
      })}
    </span>
  );
}

/** What a row is sorted by: of errors their rate, else the figure itself. */
function valueOf(row: StatisticsRow, column: Column): number {
  return column === 'errorCount'
    ? row.errorCount / Math.max(1, row.count)
    : row[column];
}

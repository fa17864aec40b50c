import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  isRefusal,
  sampleConfidence,
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
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

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
  const isSmall = row.count < SMALL_SAMPLE;
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
        {formatCount(row.count)}
        {isSmall && <FigureNote>{t('latency.smallSample')}</FigureNote>}
      </FigureCell>
      <FigureCell>
        {row.errorCount > 0 && (
          <SeverityIcon severity={isRefused ? 'info' : 'error'} size={13} />
        )}{' '}
        {props.isSample && isSmall ? (
          <ErrorBounds row={row} />
        ) : (
          formatShare(row.errorCount, row.count)
        )}
        <FigureNote>
          {t('latency.errorsOf', {
            errors: formatCount(row.errorCount),
            total: formatCount(row.count),
          })}
        </FigureNote>
        {codes && <FigureNote>{codes}</FigureNote>}
      </FigureCell>
      <FigureCell>{formatDuration(row.p50Us)}</FigureCell>
      <FigureCell>{formatDuration(row.p75Us)}</FigureCell>
      <FigureCell>{formatDuration(row.p95Us)}</FigureCell>
      <FigureCell>{formatDuration(row.p99Us)}</FigureCell>
      <FigureCell>{formatDuration(row.maxUs)}</FigureCell>
    </tr>
  );
}

/** What a few sampled requests say about the rate among all. */
function ErrorBounds({ row }: { row: StatisticsRow }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const bounds = sampleConfidence(row.count, row.errorCount, null);
  return (
    <span title={t('confidence.sure')}>
      {t('confidence.range', {
        low: formatShare(bounds.errorRateLow, 1),
        high: formatShare(bounds.errorRateHigh, 1),
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

import {
  ButtonLink,
  Cell,
  Table,
  useTable,
  type ColumnConfig,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiExternalLinkLine } from '@remixicon/react';
import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import { useMemo } from 'react';
import {
  ErrorCount,
  formatCount,
  formatDuration,
  formatTime,
  ServiceLabel,
  useTracingUrl,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './TraceTable.module.css';
import { sortTraces, type TraceRow } from './sortTraces';

const SERVICES_SHOWN = 2;

/** Traces as rows; a row opens the trace. */
export function TraceTable(props: {
  traces: TraceSummary[];
  traceUrlTemplate?: string;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters, href, update } = useTracingUrl();
  const rows = useMemo<TraceRow[]>(
    () => props.traces.map(trace => ({ ...trace, id: trace.traceId })),
    [props.traces],
  );
  const columns = useColumns(props.traces, props.traceUrlTemplate);
  const [column = 'start', direction] = (
    parameters.get('sort') ?? 'start:descending'
  ).split(':');
  const { tableProps } = useTable<TraceRow>({
    mode: 'complete',
    data: rows,
    sort: {
      column,
      direction: direction === 'ascending' ? 'ascending' : 'descending',
    },
    onSortChange: sort =>
      update(
        { sort: `${String(sort.column)}:${sort.direction}` },
        { replace: true },
      ),
    sortFn: sortTraces,
    paginationOptions: { type: 'none' },
  });
  return (
    <div className={styles.table} aria-label={t('traces.table')} role="group">
      <Table
        {...tableProps}
        columnConfig={columns}
        rowConfig={{ getHref: row => href({ trace: row.traceId }) }}
      />
    </div>
  );
}

function useColumns(
  traces: TraceSummary[],
  traceUrlTemplate?: string,
): ColumnConfig<TraceRow>[] {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return useMemo(() => {
    const maxUs = traces.reduce((max, tr) => Math.max(max, tr.durationUs), 1);
    const columns: ColumnConfig<TraceRow>[] = [
      {
        id: 'start',
        label: t('traces.start'),
        isSortable: true,
        width: 110,
        cell: row => (
          <Cell>
            <span className={styles.start}>{formatTime(row.startTimeMs)}</span>
          </Cell>
        ),
      },
      {
        id: 'operation',
        label: t('traces.operation'),
        isRowHeader: true,
        isSortable: true,
        width: '2fr',
        minWidth: 200,
        cell: row => (
          <Cell>
            <div className={styles.operation}>
              {row.rootOperation ?? t('traces.noRoot')}
            </div>
            <div className={styles.service}>
              <ServiceLabel
                name={row.rootService ?? row.services[0]?.name ?? '–'}
              />
            </div>
          </Cell>
        ),
      },
      {
        id: 'duration',
        label: t('traces.duration'),
        isSortable: true,
        width: 140,
        cell: row => (
          <Cell>
            <DurationBar durationUs={row.durationUs} maxUs={maxUs} />
          </Cell>
        ),
      },
      {
        id: 'spans',
        label: t('traces.spans'),
        isSortable: true,
        width: 96,
        cell: row => (
          <Cell>
            <span className={styles.start}>{formatCount(row.spanCount)}</span>
          </Cell>
        ),
      },
      {
        id: 'errors',
        label: t('traces.errors'),
        isSortable: true,
        width: 110,
        cell: row => (
          <Cell>
            <span className={styles.start}>
              <ErrorCount count={row.errorSpanCount} />
            </span>
          </Cell>
        ),
      },
      {
        id: 'services',
        label: t('traces.services'),
        width: '2fr',
        minWidth: 180,
        cell: row => (
          <Cell>
            <Services services={row.services} />
          </Cell>
        ),
      },
    ];
    return traceUrlTemplate === undefined
      ? columns
      : [
          ...columns,
          {
            id: 'store',
            label: t('traces.store'),
            width: 76,
            cell: row => (
              <Cell>
                <StoreLink row={row} template={traceUrlTemplate} />
              </Cell>
            ),
          },
        ];
  }, [t, traces, traceUrlTemplate]);
}

/** The trace in the store's own page. */
function StoreLink(props: { row: TraceRow; template: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { row, template } = props;
  return (
    <ButtonLink
      size="small"
      variant="tertiary"
      href={template.replace('{traceId}', encodeURIComponent(row.traceId))}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('traces.openInStore', {
        name: row.rootOperation ?? row.traceId,
        at: formatTime(row.startTimeMs),
      })}
      iconEnd={<RiExternalLinkLine aria-hidden />}
    />
  );
}

function DurationBar(props: { durationUs: number; maxUs: number }) {
  const share = (100 * props.durationUs) / props.maxUs;
  return (
    <div className={styles.duration}>
      <span>{formatDuration(props.durationUs)}</span>
      <span className={styles.track} aria-hidden>
        <span className={styles.bar} style={{ width: `${share}%` }} />
      </span>
    </div>
  );
}

function Services({ services }: { services: TraceSummary['services'] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const rest = services.length - SERVICES_SHOWN;
  return (
    <div
      className={styles.services}
      title={services.map(service => service.name).join(', ')}
    >
      <div className={styles.names}>
        {services.slice(0, SERVICES_SHOWN).map(service => (
          <ServiceLabel key={service.name} name={service.name} />
        ))}
      </div>
      {rest > 0 && (
        <span>{t('traces.moreServices', { total: String(rest) })}</span>
      )}
    </div>
  );
}

import { Cell, type ColumnConfig } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import { useMemo } from 'react';
import { ErrorCount } from '../../shared/figures/ErrorCount';
import { formatCount, formatTime } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { TraceRow } from './sortTraces';
import {
  DurationCell,
  OperationCell,
  ServicesCell,
  StoreCell,
} from './TraceCells';
import styles from './TraceTable.module.css';

/** Columns that a narrow table has room for. */
const NARROW = ['operation', 'duration', 'errors'];

/**
 * The columns of the traces. A narrow table has no column of the start, but tells
 * it below the operation.
 */
export function useTraceColumns(
  traces: TraceSummary[],
  options: { traceUrlTemplate?: string; isNarrow: boolean },
): ColumnConfig<TraceRow>[] {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { isNarrow } = options;
  const storeColumns = useStoreColumns(options.traceUrlTemplate);
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
        minWidth: isNarrow ? 110 : 200,
        cell: row => (
          <Cell>
            <OperationCell row={row} hasStart={isNarrow} />
          </Cell>
        ),
      },
      {
        id: 'duration',
        label: t('traces.duration'),
        isSortable: true,
        width: isNarrow ? 92 : 140,
        cell: row => (
          <Cell>
            <DurationCell durationUs={row.durationUs} maxUs={maxUs} />
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
        width: isNarrow ? 98 : 110,
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
            <ServicesCell services={row.services} />
          </Cell>
        ),
      },
    ];
    return isNarrow
      ? columns.filter(({ id }) => NARROW.includes(id))
      : [...columns, ...storeColumns];
  }, [t, traces, storeColumns, isNarrow]);
}

/** The way to the store's own page, where it has one. */
function useStoreColumns(
  traceUrlTemplate: string | undefined,
): ColumnConfig<TraceRow>[] {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return useMemo(
    () =>
      traceUrlTemplate === undefined
        ? []
        : [
            {
              id: 'store',
              label: t('traces.store'),
              width: 76,
              cell: row => (
                <Cell>
                  <StoreCell row={row} template={traceUrlTemplate} />
                </Cell>
              ),
            },
          ],
    [t, traceUrlTemplate],
  );
}

import { Table } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import { useMemo } from 'react';
import { useSortedTable } from '../../shared/address/useSortedTable';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { useElementWidth } from '../../shared/layout/useElementWidth';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { sortTraces, traceSortOf, type TraceRow } from './sortTraces';
import styles from './TraceTable.module.css';
import { useTraceColumns } from './useTraceColumns';

/** Below this width, CSS pixels, only the columns that matter most are shown. */
const WIDE = 720;

/** Traces as rows; a row opens the trace. */
export function TraceTable(props: {
  traces: TraceSummary[];
  traceUrlTemplate?: string;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters, href } = useTracingUrl();
  const rows = useMemo<TraceRow[]>(
    () => props.traces.map(trace => ({ ...trace, id: trace.traceId })),
    [props.traces],
  );
  const [ref, width = WIDE] = useElementWidth();
  const columns = useTraceColumns(props.traces, {
    traceUrlTemplate: props.traceUrlTemplate,
    isNarrow: width < WIDE,
  });
  const tableProps = useSortedTable({
    rows,
    sort: traceSortOf(parameters.get('sort')),
    sortRows: sortTraces,
  });
  return (
    <div
      ref={ref}
      className={styles.table}
      aria-label={t('traces.table')}
      role="group"
    >
      <Table
        {...tableProps}
        columnConfig={columns}
        rowConfig={{ getHref: row => href({ trace: row.traceId }) }}
      />
    </div>
  );
}

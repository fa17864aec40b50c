import { Cell, Table, type ColumnConfig } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { describeSource } from 'backstage-plugin-mesh-tracing-common';
import { OverrideEnd } from '../sampling';
import { useSortedTable } from '../shared/address/useSortedTable';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { formatPercentRange } from '../shared/figures/format';
import { useElementWidth } from '../shared/layout/useElementWidth';
import { SeverityIcon } from '../shared/notes/SeverityIcon';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { useNotTracedText } from '../tracing';
import styles from './OwnedContent.module.css';
import { sortRows, type OwnedRow } from './ownedRows';
import { ownedSortOf } from './ownedSort';
import { TracingLink } from './TracingLink';

/** Below this width, CSS pixels, overrides stand with the sampling. */
const WIDE = 880;
/** Columns that a narrow table has room for. */
const NARROW = ['name', 'sampling', 'findings'];

/** Owned entities with sampling, its source, overrides and findings. */
export function OwnedTable({ rows }: { rows: OwnedRow[] }) {
  const { parameters } = useTracingUrl();
  const [ref, width = WIDE] = useElementWidth();
  const columns = useColumns(width < WIDE);
  const tableProps = useSortedTable({
    rows,
    sort: ownedSortOf(parameters.get('sort')),
    sortRows,
  });
  return (
    <div ref={ref}>
      <Table {...tableProps} columnConfig={columns} />
    </div>
  );
}

function useColumns(isNarrow: boolean): ColumnConfig<OwnedRow>[] {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return useMemo(() => {
    const columns: ColumnConfig<OwnedRow>[] = [
      {
        id: 'name',
        label: t('owned.entity'),
        isRowHeader: true,
        isSortable: true,
        minWidth: isNarrow ? 96 : 180,
        cell: row => (
          <Cell>
            <div className={styles.cell}>
              <TracingLink entityRef={row.entityRef} name={row.name} />
              {row.system && (
                <div className={styles.note}>
                  <EntityRefLink entityRef={row.system} hideIcon />
                </div>
              )}
            </div>
          </Cell>
        ),
      },
      {
        id: 'sampling',
        label: t('owned.sampling'),
        isSortable: true,
        minWidth: isNarrow ? 110 : 220,
        cell: row => (
          <Cell>
            <Sampling row={row} />
            {isNarrow && row.override && <Override row={row} />}
          </Cell>
        ),
      },
      {
        id: 'override',
        label: t('owned.override'),
        isSortable: true,
        minWidth: 180,
        cell: row => (
          <Cell>
            <Override row={row} />
          </Cell>
        ),
      },
      {
        id: 'findings',
        label: t('owned.findings'),
        isSortable: true,
        width: isNarrow ? 104 : 150,
        cell: row => (
          <Cell>
            <Findings row={row} />
          </Cell>
        ),
      },
      {
        id: 'owner',
        label: t('owned.owner'),
        isSortable: true,
        width: 150,
        cell: row => (
          <Cell>
            <EntityRefLink entityRef={row.ownerRef} hideIcon />
          </Cell>
        ),
      },
    ];
    return isNarrow ? columns.filter(({ id }) => NARROW.includes(id)) : columns;
  }, [t, isNarrow]);
}

function Sampling({ row }: { row: OwnedRow }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { workloads, percents } = row;
  const notTracedText = useNotTracedText();
  if (workloads.length === 0) {
    return <div className={styles.note}>{t('owned.noWorkloads')}</div>;
  }
  const sources = new Set(
    workloads.flatMap(({ source }) => (source ? describeSource(source) : [])),
  );
  const reasons = new Set(
    workloads.flatMap(({ spanReporting, ambient }) =>
      spanReporting === 'reported'
        ? []
        : [notTracedText(spanReporting, ambient)],
    ),
  );
  const range = formatPercentRange(percents);
  return (
    <div className={styles.cell}>
      <div className={styles.sampling}>{range ?? t('overview.notTraced')}</div>
      <div className={styles.note}>
        {[...(range === undefined ? [] : sources), ...reasons].join('; ')}
      </div>
      {workloads.length > 1 && (
        <div className={styles.note}>
          {t('owned.workloads', {
            count: workloads.length,
            total: String(workloads.length),
          })}
        </div>
      )}
    </div>
  );
}

function Override({ row: { override } }: { row: OwnedRow }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (!override) {
    return <span className={styles.note}>{t('owned.noOverride')}</span>;
  }
  return (
    <div className={styles.cell}>
      <OverrideEnd
        expiresAt={override.expiresAt}
        isManaged={override.managedBy !== undefined}
      />
      {override.scope === 'namespace' && (
        <div className={styles.note}>
          {t('owned.overrideNamespace', { name: override.namespace })}
        </div>
      )}
      {override.scope === 'mesh' && (
        <div className={styles.note}>{t('owned.overrideMesh')}</div>
      )}
      {override.changedBy && (
        <div className={styles.note}>
          {t('override.by')}{' '}
          <EntityRefLink entityRef={override.changedBy} hideIcon />
        </div>
      )}
      {override.reason && <div className={styles.note}>{override.reason}</div>}
    </div>
  );
}

function Findings({ row }: { row: OwnedRow }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [first, ...others] = row.setupFindings;
  if (row.errorCount + row.warningCount === 0 && !first) {
    return <span className={styles.note}>{t('owned.noFindings')}</span>;
  }
  return (
    <div className={`${styles.cell} ${styles.findings}`}>
      {row.errorCount > 0 && (
        <span className={styles.finding}>
          <SeverityIcon severity="error" />
          {t('owned.errors', {
            count: row.errorCount,
            total: String(row.errorCount),
          })}
        </span>
      )}
      {row.warningCount > 0 && (
        <span className={styles.finding}>
          <SeverityIcon severity="warning" />
          {t('owned.warnings', {
            count: row.warningCount,
            total: String(row.warningCount),
          })}
        </span>
      )}
      {first && (
        <span className={styles.finding}>
          <SeverityIcon severity={first.severity} />
          {t('setup.ownedFirst', { what: first.what })}
        </span>
      )}
      {others.length > 0 && (
        <span className={styles.note}>
          {t('setup.ownedMore', {
            count: others.length,
            total: String(others.length),
          })}
        </span>
      )}
    </div>
  );
}

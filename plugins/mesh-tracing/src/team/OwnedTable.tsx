import { Cell, Table, useTable, type ColumnConfig } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { describeSource } from 'backstage-plugin-mesh-tracing-common';
import {
  formatPercent,
  OverrideEnd,
  SeverityIcon,
  useTracingUrl,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { sortRows, type OwnedRow } from './ownedRows';
import styles from './TeamContent.module.css';
import { TracingLink } from './TracingLink';

/** Owned entities with sampling, its source, overrides and findings. */
export function OwnedTable({ rows }: { rows: OwnedRow[] }) {
  const { parameters, update } = useTracingUrl();
  const columns = useColumns();
  const [column = 'name', direction] = (
    parameters.get('sort') ?? 'name:ascending'
  ).split(':');
  const { tableProps } = useTable<OwnedRow>({
    mode: 'complete',
    data: rows,
    sort: {
      column,
      direction: direction === 'descending' ? 'descending' : 'ascending',
    },
    onSortChange: sort =>
      update(
        { sort: `${String(sort.column)}:${sort.direction}` },
        { replace: true },
      ),
    sortFn: sortRows,
    paginationOptions: { type: 'none' },
  });
  return <Table {...tableProps} columnConfig={columns} />;
}

function useColumns(): ColumnConfig<OwnedRow>[] {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return useMemo(
    () => [
      {
        id: 'name',
        label: t('team.entity'),
        isRowHeader: true,
        isSortable: true,
        minWidth: 180,
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
        label: t('team.sampling'),
        isSortable: true,
        minWidth: 220,
        cell: row => (
          <Cell>
            <Sampling row={row} />
          </Cell>
        ),
      },
      {
        id: 'override',
        label: t('team.override'),
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
        label: t('team.findings'),
        isSortable: true,
        width: 150,
        cell: row => (
          <Cell>
            <Findings row={row} />
          </Cell>
        ),
      },
      {
        id: 'owner',
        label: t('team.owner'),
        isSortable: true,
        width: 150,
        cell: row => (
          <Cell>
            <EntityRefLink entityRef={row.ownerRef} hideIcon />
          </Cell>
        ),
      },
    ],
    [t],
  );
}

function Sampling({ row }: { row: OwnedRow }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { workloads, percents } = row;
  if (workloads.length === 0) {
    return <div className={styles.note}>{t('team.noWorkloads')}</div>;
  }
  const sources = new Set(
    workloads.flatMap(({ source }) => (source ? describeSource(source) : [])),
  );
  const withoutProxy = workloads.some(({ ambient }) => ambient)
    ? t('overview.ambient')
    : t('overview.notInMesh');
  const notTraced = workloads.every(({ proxy }) => proxy === 'none')
    ? withoutProxy
    : t('overview.tracingOff');
  const [least] = percents;
  const most = percents.at(-1);
  return (
    <div className={styles.cell}>
      <div className={styles.sampling}>
        {least === undefined || most === undefined
          ? notTraced
          : [...new Set([least, most])].map(formatPercent).join(' – ')}
      </div>
      <div className={styles.note}>{[...sources].join('; ')}</div>
      {workloads.length > 1 && (
        <div className={styles.note}>
          {t('team.workloads', {
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
    return <span className={styles.note}>{t('team.noOverride')}</span>;
  }
  return (
    <div className={styles.cell}>
      <OverrideEnd
        expiresAt={override.expiresAt}
        isManaged={override.managedBy !== undefined}
      />
      {override.scope === 'namespace' && (
        <div className={styles.note}>
          {t('team.overrideNamespace', { name: override.namespace })}
        </div>
      )}
      {override.scope === 'mesh' && (
        <div className={styles.note}>{t('team.overrideMesh')}</div>
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
  if (row.errorCount + row.warningCount === 0) {
    return <span className={styles.note}>{t('team.noFindings')}</span>;
  }
  return (
    <div className={`${styles.cell} ${styles.findings}`}>
      {row.errorCount > 0 && (
        <span className={styles.finding}>
          <SeverityIcon severity="error" />
          {t('team.errors', {
            count: row.errorCount,
            total: String(row.errorCount),
          })}
        </span>
      )}
      {row.warningCount > 0 && (
        <span className={styles.finding}>
          <SeverityIcon severity="warning" />
          {t('team.warnings', {
            count: row.warningCount,
            total: String(row.warningCount),
          })}
        </span>
      )}
    </div>
  );
}

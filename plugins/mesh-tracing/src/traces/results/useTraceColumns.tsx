import { ButtonLink, Cell, Link, type ColumnConfig } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiExternalLinkLine } from '@remixicon/react';
import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import { useMemo } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { ErrorCount } from '../../shared/figures/ErrorCount';
import {
  formatCount,
  formatDuration,
  formatTime,
} from '../../shared/figures/format';
import { ServiceLabel } from '../../shared/names/ServiceLabel';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { TraceRow } from './sortTraces';
import styles from './TraceTable.module.css';

const SERVICES_SHOWN = 2;
/** Columns that a narrow table has room for. */
const NARROW = ['operation', 'duration', 'errors'];

/** The columns of the traces; a narrow table tells the start below the operation. */
export function useTraceColumns(
  traces: TraceSummary[],
  options: { traceUrlTemplate?: string; isNarrow: boolean },
): ColumnConfig<TraceRow>[] {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { traceUrlTemplate, isNarrow } = options;
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
            <Operation row={row} hasStart={isNarrow} />
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
            <Services services={row.services} />
          </Cell>
        ),
      },
    ];
    if (isNarrow) {
      return columns.filter(({ id }) => NARROW.includes(id));
    }
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
  }, [t, traces, traceUrlTemplate, isNarrow]);
}

/** A real link, so that it opens in a new tab and its address can be copied. */
function Operation(props: { row: TraceRow; hasStart: boolean }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  const { row } = props;
  return (
    <>
      <div className={styles.operation}>
        <Link href={href({ trace: row.traceId })} variant="body-small">
          {row.rootOperation ?? row.earliestOperation ?? t('traces.noRoot')}
        </Link>
      </div>
      <div className={styles.service}>
        <ServiceLabel
          name={row.rootService ?? row.earliestService ?? '–'}
          note={row.earliestService ? t('traces.noRootShort') : undefined}
        />
      </div>
      {props.hasStart && (
        <div className={styles.service}>{formatTime(row.startTimeMs)}</div>
      )}
    </>
  );
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

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MeasuredRequests,
  RequestMetricsRow,
} from 'backstage-plugin-mesh-tracing-common';
import {
  FigureCell,
  FigureNote,
  FigureTable,
} from '../../shared/figures/FigureTable';
import {
  formatDuration,
  formatOrDash,
  formatRate,
  formatShare,
} from '../../shared/figures/format';
import { Panel } from '../../shared/layout/Panel';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './requests.module.css';

/** All requests by operation, and by workload where there are several. */
export function RequestTables({ requests }: { requests: MeasuredRequests }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { services, operations, knowsOperations, source } = requests;
  const isTraced = source.counts === 'traced-requests';
  const byOperation = isTraced
    ? t('requests.tracedByOperation')
    : t('requests.byOperation');
  const byService = isTraced
    ? t('requests.tracedByService')
    : t('requests.byService');
  return (
    <>
      {operations.length > 0 && (
        <Panel title={byOperation} flush>
          <RequestTable
            label={byOperation}
            name={t('requests.operation')}
            rows={operations}
          />
        </Panel>
      )}
      {services.length > 1 && (
        <Panel title={byService} flush>
          <RequestTable
            label={byService}
            name={t('dependencies.service')}
            rows={services}
          />
        </Panel>
      )}
      {!knowsOperations && services.length > 0 && (
        <p className={styles.quiet}>
          {source.kind === 'istio'
            ? t('requests.noOperations')
            : t('requests.noOperationsOther')}
        </p>
      )}
    </>
  );
}

/** A figure without a series in the metrics is a dash. */
function RequestTable(props: {
  label: string;
  name: string;
  rows: RequestMetricsRow[];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <FigureTable
      label={props.label}
      columns={[
        { name: props.name, isText: true },
        { name: t('latency.rate') },
        { name: t('latency.errorRate') },
        { name: 'p50' },
        { name: 'p95' },
        { name: 'p99' },
      ]}
    >
      {props.rows.map(row => (
        <tr key={`${row.service} ${row.operation ?? ''}`}>
          <th scope="row">
            {row.operation ?? row.service}
            {row.operation !== undefined && (
              <FigureNote>{row.service}</FigureNote>
            )}
          </th>
          <FigureCell>
            {formatOrDash(row.callsPerSecond, rate =>
              t('latency.perSecond', { rate: formatRate(rate) }),
            )}
          </FigureCell>
          <FigureCell>
            {formatOrDash(row.errorRate, share => formatShare(share, 1))}
          </FigureCell>
          <FigureCell>{formatOrDash(row.p50Us, formatDuration)}</FigureCell>
          <FigureCell>{formatOrDash(row.p95Us, formatDuration)}</FigureCell>
          <FigureCell>{formatOrDash(row.p99Us, formatDuration)}</FigureCell>
        </tr>
      ))}
    </FigureTable>
  );
}

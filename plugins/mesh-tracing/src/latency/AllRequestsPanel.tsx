import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AllRequests } from 'backstage-plugin-mesh-tracing-common';
import {
  FigureCell,
  FigureNote,
  FigureTable,
} from '../shared/figures/FigureTable';
import {
  formatDuration,
  formatOrDash,
  formatRate,
  formatShare,
} from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { SeverityIcon } from '../shared/notes/SeverityIcon';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './LatencyView.module.css';

/** Figures of every request, from metrics, kept apart from those of traces. */
export function AllRequestsPanel({ figures }: { figures: AllRequests }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { rows, problem } = figures;
  return (
    <Panel
      title={t('latency.allTitle')}
      note={t('latency.allNote')}
      flush={rows.length > 0}
    >
      {problem !== undefined && (
        <div className={styles.problem}>
          <SeverityIcon severity="warning" />
          <span>{t('latency.allProblem', { problem })}</span>
        </div>
      )}
      {rows.length > 0 && <AllRequestsTable rows={rows} />}
      {rows.length === 0 && problem === undefined && (
        <FigureNote>{t('latency.allEmpty')}</FigureNote>
      )}
    </Panel>
  );
}

/**
 * One row a service or operation; a figure without a series in the metrics is a
 * dash.
 */
function AllRequestsTable({ rows }: { rows: AllRequests['rows'] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <FigureTable
      label={t('latency.allTitle')}
      columns={[
        { name: t('dependencies.service'), isText: true },
        { name: t('latency.rate') },
        { name: t('latency.errorRate') },
        { name: 'p50' },
        { name: 'p95' },
        { name: 'p99' },
      ]}
    >
      {rows.map(row => (
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

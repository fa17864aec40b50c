import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyResponse } from 'backstage-plugin-mesh-tracing-common';
import { lazy, Suspense } from 'react';
import { meshTracingApiRef } from '../api';
import {
  CoverageNote,
  formatCount,
  formatPercent,
  Loaded,
  Panel,
  StateMessage,
  useLoad,
  useTracingWindow,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { CriticalPathTable } from './CriticalPathTable';
import styles from './LatencyView.module.css';
import { StatisticsTable } from './StatisticsTable';

const LatencyChart = lazy(() =>
  import('./LatencyChart').then(m => ({ default: m.LatencyChart })),
);

/** How long requests take: over time, by operation, version and peer. */
export function LatencyView(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const { window, rangeKey, revision } = useTracingWindow();
  const latency = useLoad(
    JSON.stringify([props.entityRef, rangeKey]),
    signal => api.getLatency(props.entityRef, window, { signal }),
    revision,
  );
  return (
    <div className={styles.view}>
      <Panel
        title={t('latency.overTime')}
        note={latency.value && <Basis latency={latency.value} />}
        busy={latency.loading}
      >
        <Loaded load={latency} lines={7}>
          {({ latency: analysis }) =>
            analysis.overall ? (
              <Suspense fallback={<div className={styles.plotPlaceholder} />}>
                <LatencyChart series={analysis.series} />
              </Suspense>
            ) : (
              <StateMessage
                kind="empty"
                title={t('latency.emptyTitle')}
                whatToDo={t('traces.emptyWhatToDo')}
              />
            )
          }
        </Loaded>
      </Panel>
      {latency.value && <Tables latency={latency.value} />}
    </div>
  );
}

function Tables({ latency: response }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { latency } = response;
  return (
    <>
      {latency.operations.length > 0 && (
        <Panel title={t('latency.operations')} flush>
          <StatisticsTable
            name={t('traces.operation')}
            rows={latency.operations.map(row => ({
              ...row,
              id: `${row.service} ${row.kind} ${row.operation}`,
              title: row.operation,
              note: `${row.service} · ${row.kind}`,
              operation: row.operation,
            }))}
          />
        </Panel>
      )}
      {latency.versions.length > 1 && (
        <Panel
          title={t('latency.versions')}
          note={t('latency.versionsNote')}
          flush
        >
          <StatisticsTable
            name={t('latency.version')}
            rows={latency.versions.map(row => ({
              ...row,
              id: row.version,
              title: row.version,
            }))}
          />
        </Panel>
      )}
      {latency.peers.length > 0 && (
        <Panel title={t('latency.peers')} note={t('latency.peersNote')} flush>
          <StatisticsTable
            name={t('latency.peer')}
            rows={latency.peers.map(row => ({
              ...row,
              id: `${row.direction} ${row.peer}`,
              title: row.peer,
              note:
                row.direction === 'upstream'
                  ? t('latency.calledBy')
                  : t('latency.calls'),
            }))}
          />
        </Panel>
      )}
      {response.criticalPath.length > 0 && (
        <Panel
          title={t('latency.criticalPath')}
          note={t('latency.criticalPathNote')}
          flush
        >
          <CriticalPathTable parts={response.criticalPath} />
        </Panel>
      )}
    </>
  );
}

function Basis({ latency }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (latency.basis === 'all-requests') {
    return <>{t('latency.allRequests')}</>;
  }
  return (
    <>
      {t('latency.sampled', { total: formatCount(latency.traceCount) })}{' '}
      {latency.samplingPercent !== null &&
        t('latency.sampledAt', {
          percent: formatPercent(latency.samplingPercent),
        })}{' '}
      <CoverageNote coverage={latency.coverage} count={latency.traceCount} />
    </>
  );
}

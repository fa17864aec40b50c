import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyResponse } from 'backstage-plugin-mesh-tracing-common';
import { lazy, Suspense } from 'react';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import {
  formatCount,
  formatDuration,
  formatPercent,
} from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { PanelStack } from '../shared/layout/PanelStack';
import { isEstimate, precisionOf } from '../shared/sample/estimates';
import { SampleStatus } from '../shared/sample/SampleStatus';
import {
  useSampledLoad,
  type SampledLoad,
} from '../shared/sample/useSampledLoad';
import { Loaded } from '../shared/states/Loaded';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { AlertsOnDemand, LazyAlertRulesPanel } from '../alerts';
import { CoverageNote, NoTraces } from '../traces';
import { ComparisonTable } from './ComparisonTable';
import { ConfidenceNote } from './ConfidenceNote';
import { CriticalPathTable } from './CriticalPathTable';
import styles from './LatencyView.module.css';
import { RequestsRoom } from './requests/RequestsRoom';
import { StatisticsTable } from './StatisticsTable';
import { useVerdicts } from './useVerdicts';
import { VersionsPanel } from './VersionsPanel';

const LatencySeries = lazy(() =>
  import('./chart/LatencySeries').then(m => ({ default: m.LatencySeries })),
);

/** How long requests take: over time, by operation, version and peer. */
export function LatencyView(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const latency = useSampledLoad(props.entityRef, (query, signal) =>
    api.getLatency(props.entityRef, query, { signal }),
  );
  return (
    <PanelStack>
      <RequestsRoom entityRef={props.entityRef} />
      <AlertsOnDemand>
        <LazyAlertRulesPanel entityRef={props.entityRef} />
      </AlertsOnDemand>
      <Panel
        title={t('latency.overTime')}
        note={latency.value && <Basis load={latency} latency={latency.value} />}
        busy={latency.loading || latency.refining !== undefined}
      >
        <Loaded load={latency} lines={7}>
          {({ latency: analysis }) =>
            analysis.overall ? (
              <Suspense fallback={<div className={styles.plotPlaceholder} />}>
                <LatencySeries series={analysis.series} />
              </Suspense>
            ) : (
              <NoTraces title={t('latency.emptyTitle')} />
            )
          }
        </Loaded>
      </Panel>
      {latency.value && <Comparison latency={latency.value} />}
      {latency.value && <Tables latency={latency.value} />}
    </PanelStack>
  );
}

/** The window as a whole, against the one before. */
function Comparison({ latency: response }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const verdicts = useVerdicts();
  const { overall } = response.latency;
  if (!overall) {
    return null;
  }
  return (
    <Panel
      title={t('comparison.title')}
      note={
        <>
          {response.comparison &&
            t('comparison.before', {
              what: verdicts[response.comparison.verdict],
            })}{' '}
          {response.basis === 'sampled-traces' && (
            <ConfidenceNote latency={response} />
          )}
        </>
      }
      flush
    >
      <ComparisonTable
        now={overall}
        before={response.previous}
        sample={response.sample}
        comparison={response.comparison}
      />
    </Panel>
  );
}

function Tables({ latency: response }: { latency: LatencyResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { latency } = response;
  const isSample = response.basis === 'sampled-traces';
  return (
    <>
      {latency.operations.length > 0 && (
        <Panel title={t('latency.operations')} flush>
          <StatisticsTable
            isSample={isSample}
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
      <VersionsPanel latency={response} isSample={isSample} />
      {latency.peers.length > 0 && (
        <Panel title={t('latency.peers')} note={t('latency.peersNote')} flush>
          <StatisticsTable
            isSample={isSample}
            name={t('latency.peer')}
            rows={latency.peers.map(row => ({
              ...row,
              id: `${row.direction} ${row.peer}`,
              title: row.peer,
              note:
                row.direction === 'inbound'
                  ? t('latency.calledBy')
                  : t('latency.calls'),
            }))}
          />
        </Panel>
      )}
      {response.criticalPath.length > 0 && (
        <Panel
          title={t('latency.criticalPath')}
          note={<PathNote elsewhereUs={response.criticalPathElsewhereUs} />}
          flush
        >
          <CriticalPathTable
            parts={response.criticalPath}
            isEstimate={isEstimate(response.sample)}
          />
        </Panel>
      )}
    </>
  );
}

/** What the time is of, and how much of the traces it leaves out. */
function PathNote({ elsewhereUs = 0 }: { elsewhereUs?: number }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <>
      {t('latency.criticalPathNote')}{' '}
      {elsewhereUs > 0 &&
        t('latency.criticalPathElsewhere', {
          time: formatDuration(elsewhereUs),
        })}
    </>
  );
}

/** What the figures are of: all requests, or which of the traces. */
function Basis(props: {
  load: SampledLoad<LatencyResponse>;
  latency: LatencyResponse;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { latency } = props;
  const { overall } = latency.latency;
  if (latency.basis === 'all-requests') {
    return <>{t('latency.allRequests')}</>;
  }
  return (
    <div className={styles.basis}>
      {!latency.sample &&
        t('latency.sampled', {
          count: latency.traceCount,
          total: formatCount(latency.traceCount),
        })}{' '}
      {latency.samplingPercent !== null &&
        t('latency.sampledAt', {
          percent: formatPercent(latency.samplingPercent),
        })}{' '}
      <CoverageNote
        coverage={latency.coverage}
        count={latency.traceCount}
        isSample={latency.sample !== undefined}
      />
      <SampleStatus
        load={props.load}
        p95Precision={
          overall
            ? precisionOf(overall.p95Us, overall.estimate?.p95Us)
            : undefined
        }
      />
    </div>
  );
}

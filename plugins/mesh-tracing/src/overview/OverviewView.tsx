import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  distinctFindings,
  judgeOverview,
  type LatencyResponse,
  type TracingResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { RequestsLine } from '../latency';
import { ReportMenu } from '../report';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { Panel } from '../shared/layout/Panel';
import { FindingList } from '../shared/notes/FindingList';
import { isEstimate, precisionOf } from '../shared/sample/estimates';
import { SampleStatus } from '../shared/sample/SampleStatus';
import { Loaded } from '../shared/states/Loaded';
import type { Load } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { CoverageNote } from '../traces';
import { LatestTraces } from './LatestTraces';
import { Neighbours } from './Neighbours';
import styles from './OverviewView.module.css';
import { RequestFigures } from './RequestFigures';
import { SamplingFigure } from './SamplingFigure';
import { useOverview } from './useOverview';
import { Verdict } from './verdict/Verdict';

/** The first look: slow or failing, where, and how much of it is sampled. */
export function OverviewView(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  const { tracing, latency, traces, dependencies } = useOverview(
    props.entityRef,
  );
  return (
    <div className={styles.overview}>
      <div className={styles.top}>
        {latency.value && (
          <Verdict
            verdict={judgeOverview({
              latency: latency.value,
              dependencies: dependencies.value,
              tracing: tracing.value,
            })}
            isSample={isEstimate(latency.value.sample)}
            readRequestCount={
              latency.value.latency.overall?.estimate?.sampleCount
            }
          />
        )}
        <div className={styles.report}>
          <ReportMenu
            entityRef={props.entityRef}
            level={latency.value?.sample?.level}
          />
        </div>
      </div>
      <Figures tracing={tracing} latency={latency} />
      <RequestsLine entityRef={props.entityRef} />
      <div className={styles.sample}>
        <SampleStatus load={latency} p95Precision={p95Precision(latency)} />
      </div>
      <Findings tracing={tracing} href={href({ view: 'sampling' })} />
      <div className={styles.columns}>
        <Panel
          title={t('overview.latestTraces')}
          note={
            traces.value && (
              <CoverageNote
                coverage={traces.value.coverage}
                count={traces.value.traces.length}
              />
            )
          }
          actions={
            <Link href={href({ view: 'traces' })} variant="body-small">
              {t('overview.allTraces')}
            </Link>
          }
          busy={traces.loading}
          flush
        >
          <Loaded load={traces} lines={6}>
            {value => <LatestTraces traces={value} />}
          </Loaded>
        </Panel>
        <Panel
          title={t('overview.neighbours')}
          actions={
            <Link href={href({ view: 'dependencies' })} variant="body-small">
              {t('overview.allDependencies')}
            </Link>
          }
          note={
            isEstimate(dependencies.value?.sample) && (
              <SampleStatus load={dependencies} />
            )
          }
          busy={dependencies.loading || dependencies.refining !== undefined}
        >
          <Loaded load={dependencies} lines={5}>
            {value => (
              <>
                <Neighbours dependencies={value} direction="inbound" />
                <Neighbours dependencies={value} direction="outbound" />
              </>
            )}
          </Loaded>
        </Panel>
      </div>
    </div>
  );
}

function Figures(props: {
  tracing: Load<TracingResponse>;
  latency: Load<LatencyResponse>;
}) {
  return (
    <div className={styles.figures}>
      <div className={styles.figure}>
        <Loaded load={props.tracing} lines={3}>
          {value => <SamplingFigure tracing={value} />}
        </Loaded>
      </div>
      <div className={styles.requestFigures}>
        <Loaded load={props.latency} lines={3}>
          {value => <RequestFigures latency={value} />}
        </Loaded>
      </div>
    </div>
  );
}

function p95Precision({ value }: Load<LatencyResponse>): number | undefined {
  const overall = value?.latency.overall;
  return overall
    ? precisionOf(overall.p95Us, overall.estimate?.p95Us)
    : undefined;
}

/** Errors and warnings only; the rest is in the sampling view. */
function Findings(props: { tracing: Load<TracingResponse>; href: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const findings = distinctFindings(props.tracing.value).filter(
    ({ severity }) => severity !== 'info',
  );
  if (findings.length === 0) {
    return null;
  }
  return (
    <Panel
      title={t('overview.findings')}
      actions={
        <Link href={props.href} variant="body-small">
          {t('overview.toSampling')}
        </Link>
      }
    >
      <FindingList findings={findings} />
    </Panel>
  );
}

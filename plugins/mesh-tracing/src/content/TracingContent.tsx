import { getCompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Suspense, useMemo } from 'react';
import { LazyDependenciesView } from '../dependencies';
import { LazyDiagnosisView } from '../diagnosis';
import { LazyLatencyView } from '../latency';
import { OverviewView } from '../overview';
import { LazyPropagationPanel } from '../propagation';
import { LazySamplingView } from '../sampling';
import { LazySetupFindingsPanel } from '../setup';
import {
  TracingWindowProvider,
  useTracingWindow,
} from '../shared/address/TracingWindow';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { PanelStack } from '../shared/layout/PanelStack';
import { READABLE } from '../shared/layout/readable';
import { ClusterBanners } from '../shared/notes/ClusterBanners';
import { LoadingLines } from '../shared/states/Loaded';
import { useLoad } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { LazyTraceView, LazyTracesView } from '../traces';
import {
  MappingLine,
  LazyMissingAnnotation,
  hasTracingAnnotation,
} from '../workloads';
import { AddressProblems } from './AddressProblems';
import { TimeRangeControl } from './TimeRangeControl';
import styles from './TracingContent.module.css';
import { ViewNavigation } from './ViewNavigation';
import { viewOf } from './views';

/** The "Tracing" tab of an entity. */
export function TracingContent() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <TracingWindowProvider>
      <section
        className={`${READABLE} ${styles.content}`}
        aria-label={t('content.label')}
      >
        <TracingSections />
      </section>
    </TracingWindowProvider>
  );
}

function TracingSections() {
  const { entity } = useEntity();
  const api = useApi(meshTracingApiRef);
  const { revision } = useTracingWindow();
  const entityRef = useMemo(() => getCompoundEntityRef(entity), [entity]);
  const { parameters } = useTracingUrl();
  const workloads = useLoad(
    JSON.stringify(entityRef),
    signal => api.getWorkloads(entityRef, { signal }),
    revision,
  );
  if (!hasTracingAnnotation(entity)) {
    return (
      <Suspense fallback={<LoadingLines lines={5} />}>
        <LazyMissingAnnotation entity={entity} workloads={workloads} />
      </Suspense>
    );
  }
  const traceId = parameters.get('trace');
  return (
    <>
      <div className={styles.bar}>
        <ViewNavigation />
        <TimeRangeControl />
      </div>
      <AddressProblems />
      <MappingLine workloads={workloads} />
      <ClusterBanners clusters={workloads.value?.clusters ?? []} />
      <Suspense fallback={<LoadingLines lines={8} />}>
        {traceId ? (
          <LazyTraceView entityRef={entityRef} traceId={traceId} />
        ) : (
          <CurrentView />
        )}
      </Suspense>
    </>
  );
}

function CurrentView() {
  const { entity } = useEntity();
  const entityRef = useMemo(() => getCompoundEntityRef(entity), [entity]);
  const { parameters } = useTracingUrl();
  switch (viewOf(parameters)) {
    case 'traces':
      return <LazyTracesView entityRef={entityRef} />;
    case 'latency':
      return <LazyLatencyView entityRef={entityRef} />;
    case 'dependencies':
      return <LazyDependenciesView entityRef={entityRef} />;
    case 'sampling':
      return <LazySamplingView entityRef={entityRef} />;
    case 'diagnosis':
      return (
        <PanelStack>
          <LazyDiagnosisView entityRef={entityRef} />
          <LazyPropagationPanel entityRef={entityRef} />
          <LazySetupFindingsPanel entityRef={entityRef} />
        </PanelStack>
      );
    default:
      return <OverviewView entityRef={entityRef} />;
  }
}

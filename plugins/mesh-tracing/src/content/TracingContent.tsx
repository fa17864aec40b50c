import { getCompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { lazy, Suspense, useMemo } from 'react';
import { meshTracingApiRef } from '../api';
import { OverviewView } from '../overview';
import {
  ClusterBanners,
  LoadingLines,
  READABLE,
  TracingWindowProvider,
  useLoad,
  useTracingUrl,
  useTracingWindow,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { AddressProblems } from './AddressProblems';
import { hasTracingAnnotation } from './hasTracingAnnotation';
import { MappingLine } from './MappingLine';
import { MissingAnnotation } from './MissingAnnotation';
import { TimeRangeControl } from './TimeRangeControl';
import styles from './TracingContent.module.css';
import { ViewNavigation } from './ViewNavigation';
import { viewOf } from './views';

const TracesView = lazy(() =>
  import('../traces').then(m => ({ default: m.TracesView })),
);
const LatencyView = lazy(() =>
  import('../latency').then(m => ({ default: m.LatencyView })),
);
const DependenciesView = lazy(() =>
  import('../dependencies').then(m => ({ default: m.DependenciesView })),
);
const SamplingView = lazy(() =>
  import('../sampling').then(m => ({ default: m.SamplingView })),
);
const TraceView = lazy(() =>
  import('../timeline').then(m => ({ default: m.TraceView })),
);

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
    return <MissingAnnotation entity={entity} workloads={workloads} />;
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
          <TraceView entityRef={entityRef} traceId={traceId} />
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
      return <TracesView entityRef={entityRef} />;
    case 'latency':
      return <LatencyView entityRef={entityRef} />;
    case 'dependencies':
      return <DependenciesView entityRef={entityRef} />;
    case 'sampling':
      return <SamplingView entityRef={entityRef} />;
    default:
      return <OverviewView entityRef={entityRef} />;
  }
}

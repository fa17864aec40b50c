import type { CompoundEntityRef } from '@backstage/catalog-model';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import { lazy, Suspense } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { Foldable } from '../../shared/layout/Foldable';
import { SampleStatus } from '../../shared/sample/SampleStatus';
import { useSampledLoad } from '../../shared/sample/useSampledLoad';
import { Loaded } from '../../shared/states/Loaded';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { TraceTable } from './TraceTable';
import styles from './TracePlot.module.css';

const TraceScatter = lazy(() =>
  import('./TraceScatter').then(m => ({ default: m.TraceScatter })),
);

/**
 * Traces over time: those of the table, or a sample of the whole window, which
 * the newest ones of a busy service say nothing about.
 */
export function TracePlot(props: {
  entityRef: CompoundEntityRef;
  /** Those of the table. */
  traces: TraceSummary[];
  /** The sample is of all traces of the window, so no filter goes with it. */
  isFiltered: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters, update } = useTracingUrl();
  const isSample = !props.isFiltered && parameters.get('plot') === 'sample';
  return (
    <>
      {!props.isFiltered && (
        <ToggleButtonGroup
          className={styles.choice}
          aria-label={t('traces.plot')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[isSample ? 'sample' : 'rows']}
          onSelectionChange={keys =>
            update(
              { plot: keys.has('sample') ? 'sample' : undefined },
              { replace: true },
            )
          }
        >
          <ToggleButton id="rows" size="small">
            {t('traces.plotRows')}
          </ToggleButton>
          <ToggleButton id="sample" size="small">
            {t('traces.plotSample')}
          </ToggleButton>
        </ToggleButtonGroup>
      )}
      {isSample ? (
        <SamplePlot entityRef={props.entityRef} />
      ) : (
        <Plot traces={props.traces} />
      )}
    </>
  );
}

function SamplePlot({ entityRef }: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const sample = useSampledLoad(entityRef, (query, signal) =>
    api.getTraces(entityRef, query, { signal }),
  );
  return (
    <div className={styles.sample}>
      <Loaded load={sample} lines={5}>
        {({ traces, startTimeMs, endTimeMs, traceUrlTemplate }) => (
          <>
            <div className={styles.status}>
              <SampleStatus load={sample} />
            </div>
            <Plot traces={traces} window={{ startTimeMs, endTimeMs }} />
            <Foldable title={t('traces.sampleTable')}>
              <TraceTable traces={traces} traceUrlTemplate={traceUrlTemplate} />
            </Foldable>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Plot(props: Parameters<typeof TraceScatter>[0]) {
  return (
    <Suspense fallback={<div className={styles.placeholder} />}>
      <TraceScatter {...props} />
    </Suspense>
  );
}

import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TracesResponse } from 'backstage-plugin-mesh-tracing-common';
import { lazy, Suspense } from 'react';
import {
  CoverageNote,
  ErrorState,
  Loaded,
  Panel,
  StateMessage,
  useTracingUrl,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { TraceFilterForm } from './TraceFilterForm';
import { filterPatch, filtersOf, isFiltered, queryOf } from './traceFilters';
import { TraceTable } from './TraceTable';
import styles from './TracesView.module.css';
import { useTraces, type LoadedTraces } from './useTraces';

const TraceScatter = lazy(() =>
  import('./TraceScatter').then(m => ({ default: m.TraceScatter })),
);

/** Search for traces: filters, a plot for the eye, a table for the rest. */
export function TracesView(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters, update } = useTracingUrl();
  const filters = filtersOf(parameters);
  const found = useTraces(props.entityRef, queryOf(filters));
  return (
    <div className={styles.view}>
      <TraceFilterForm
        filters={filters}
        onChange={next => update(filterPatch(next))}
      />
      <Panel
        title={t('traces.title')}
        note={
          found.coverage && (
            <CoverageNote
              coverage={found.coverage}
              count={found.traces.length}
            />
          )
        }
        busy={found.load.loading}
        flush
      >
        <Loaded load={found.load} lines={10}>
          {value =>
            found.traces.length === 0 ? (
              <NoTraces
                found={found}
                response={value}
                filtered={isFiltered(filters)}
              />
            ) : (
              <Results found={found} response={value} />
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}

function Results(props: { found: LoadedTraces; response: TracesResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { found, response } = props;
  return (
    <>
      <Suspense fallback={<div className={styles.plotPlaceholder} />}>
        <TraceScatter traces={found.traces} />
      </Suspense>
      <TraceTable
        traces={found.traces}
        traceUrlTemplate={response.traceUrlTemplate}
      />
      <LoadOlder found={found} />
      <div className={styles.foot}>
        {t('traces.searched', { services: response.services.join(', ') })}
      </div>
    </>
  );
}

function LoadOlder({ found }: { found: LoadedTraces }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <>
      {found.olderError !== undefined && (
        <ErrorState error={found.olderError} onRetry={found.loadOlder} />
      )}
      {found.loadOlder && (
        <div className={styles.older}>
          <Button
            size="small"
            variant="secondary"
            isPending={found.loadingOlder}
            onPress={found.loadOlder}
          >
            {t('traces.loadOlder')}
          </Button>
        </div>
      )}
    </>
  );
}

function NoTraces(props: {
  found: LoadedTraces;
  response: TracesResponse;
  filtered: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { found, filtered } = props;
  const searched = t('traces.searched', {
    services: props.response.services.join(', ') || '–',
  });
  if (found.loadOlder) {
    return (
      <>
        <StateMessage
          kind="empty"
          title={t('traces.noneSoFarTitle')}
          whatToDo={t('traces.noneSoFarWhatToDo')}
        >
          {searched}
        </StateMessage>
        <LoadOlder found={found} />
      </>
    );
  }
  return (
    <StateMessage
      kind="empty"
      title={filtered ? t('traces.noMatchTitle') : t('traces.emptyTitle')}
      whatToDo={
        filtered ? t('traces.noMatchWhatToDo') : t('traces.emptyWhatToDo')
      }
    >
      {searched}
    </StateMessage>
  );
}

import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TracesResponse } from 'backstage-plugin-mesh-tracing-common';
import { FindTrace } from '../forcing';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { Panel } from '../shared/layout/Panel';
import { PanelStack } from '../shared/layout/PanelStack';
import { Loaded } from '../shared/states/Loaded';
import { LoadOlder } from '../shared/states/LoadOlder';
import { StateMessage } from '../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { CoverageNote } from './coverage/CoverageNote';
import { NoTraces } from './coverage/NoTraces';
import { TraceAddressProblems } from './filter/TraceAddressProblems';
import { TraceFilterForm } from './filter/TraceFilterForm';
import {
  filterPatch,
  filtersOf,
  isFiltered,
  queryOf,
} from './filter/traceFilters';
import { TracePlot } from './results/TracePlot';
import { TraceTable } from './results/TraceTable';
import styles from './TracesView.module.css';
import { useTraces, type LoadedTraces } from './useTraces';

/** Search for traces: filters, a plot for the eye, a table for the rest. */
export function TracesView(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters, update } = useTracingUrl();
  const filters = filtersOf(parameters);
  const found = useTraces(props.entityRef, queryOf(filters));
  return (
    <PanelStack>
      <TraceAddressProblems />
      <FindTrace entityRef={props.entityRef} />
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
          {value => (
            <>
              {found.traces.length === 0 ? (
                <NothingFound
                  found={found}
                  response={value}
                  filtered={isFiltered(filters)}
                  operation={filters.operation}
                />
              ) : (
                <Results
                  entityRef={props.entityRef}
                  found={found}
                  response={value}
                  isFiltered={isFiltered(filters)}
                />
              )}
              <LoadOlder
                label={t('traces.loadOlder')}
                count={found.traces.length}
                loading={found.loadingOlder}
                error={found.olderError}
                onLoad={found.loadOlder}
              />
            </>
          )}
        </Loaded>
      </Panel>
    </PanelStack>
  );
}

function Results(props: {
  entityRef: CompoundEntityRef;
  found: LoadedTraces;
  response: TracesResponse;
  isFiltered: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { found, response } = props;
  return (
    <>
      <TracePlot
        entityRef={props.entityRef}
        traces={found.traces}
        isFiltered={props.isFiltered}
      />
      <TraceTable
        traces={found.traces}
        traceUrlTemplate={response.traceUrlTemplate}
      />
      <div className={styles.foot}>
        {t('traces.searched', { services: response.services.join(', ') })}
      </div>
    </>
  );
}

function NothingFound(props: {
  found: LoadedTraces;
  response: TracesResponse;
  filtered: boolean;
  operation: string;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { found, filtered } = props;
  const { services } = props.response;
  const searched = t('traces.searched', { services: services.join(', ') });
  if (services.length === 0 || !(filtered || found.loadOlder)) {
    return <NoTraces title={t('traces.emptyTitle')} services={services} />;
  }
  if (found.loadOlder) {
    return (
      <StateMessage
        kind="empty"
        title={t('traces.noneSoFarTitle')}
        whatToDo={t('traces.noneSoFarWhatToDo')}
      >
        {searched}
      </StateMessage>
    );
  }
  return (
    <StateMessage
      kind="empty"
      title={t('traces.noMatchTitle')}
      whatToDo={
        <>
          {props.operation &&
            `${t('traces.noSuchOperation', { name: props.operation })} `}
          {t('traces.noMatchWhatToDo')}
        </>
      }
    >
      {searched}
    </StateMessage>
  );
}

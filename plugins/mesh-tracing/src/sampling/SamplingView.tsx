import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatWorkloadRef,
  type TracingResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { Suspense, useCallback, useState } from 'react';
import { ConditionalPanel } from '../forcing';
import { useTracingWindow } from '../shared/address/TracingWindow';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { Panel } from '../shared/layout/Panel';
import { PanelStack } from '../shared/layout/PanelStack';
import { Loaded, LoadingLines } from '../shared/states/Loaded';
import { StateMessage } from '../shared/states/StateMessage';
import { useLoad } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { WorkloadLadder } from '../tracing';
import { LazyYamlCheckPanel } from '../yamlcheck';
import { HistoryPanel } from './history/HistoryPanel';
import { useProposal } from './history/useProposal';
import { OverridePanel } from './override/OverridePanel';
import { usePollUntilLive } from './override/usePollUntilLive';

/** What is in force and why, how to change it, and who did so before. */
export function SamplingView(props: { entityRef: CompoundEntityRef }) {
  const { entityRef } = props;
  const api = useApi(meshTracingApiRef);
  const { revision } = useTracingWindow();
  const [changes, setChanges] = useState(0);
  const key = JSON.stringify(entityRef);
  const tracing = useLoad(
    key,
    signal => api.getTracing(entityRef, { signal }),
    revision + changes,
  );
  const { proposal, forms, propose, forget, formRef } = useProposal();
  const reload = useCallback(() => {
    forget();
    setChanges(count => count + 1);
  }, [forget]);
  usePollUntilLive(tracing.value, changes, tracing.retry);
  return (
    <PanelStack>
      <Loaded load={tracing} lines={12} keepsFormer>
        {value => (
          <>
            <div ref={formRef} tabIndex={-1}>
              <OverridePanel
                key={forms}
                entityRef={entityRef}
                tracing={value}
                proposal={proposal}
                onChanged={reload}
              />
            </div>
            <NoWorkloads tracing={value} />
            {value.workloads.map(item => (
              <WorkloadLadder
                key={formatWorkloadRef(item.workload)}
                item={item}
                resources={value.resources}
              />
            ))}
          </>
        )}
      </Loaded>
      <ConditionalPanel entityRef={entityRef} />
      <HistoryPanel
        entityRef={entityRef}
        revision={revision + changes}
        tracing={tracing.value ?? tracing.former}
        onAgain={propose}
      />
      <Suspense fallback={<LoadingLines lines={4} />}>
        <LazyYamlCheckPanel entityRef={entityRef} />
      </Suspense>
    </PanelStack>
  );
}

function NoWorkloads({ tracing }: { tracing: TracingResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return tracing.workloads.length > 0 ? null : (
    <Panel title={t('ladder.none')}>
      <StateMessage
        kind="empty"
        title={t('mapping.noWorkloads')}
        whatToDo={t('mapping.noWorkloadsWhatToDo')}
      />
    </Panel>
  );
}

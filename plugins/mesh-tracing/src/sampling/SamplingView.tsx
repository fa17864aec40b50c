import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatWorkloadRef,
  type TracingResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useEffect, useState } from 'react';
import { meshTracingApiRef } from '../api';
import {
  Loaded,
  Panel,
  StateMessage,
  useLoad,
  useTracingWindow,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { HistoryPanel } from './HistoryPanel';
import { OverridePanel } from './OverridePanel';
import styles from './SamplingView.module.css';
import { WorkloadLadder } from './WorkloadLadder';

/** How often to look until a change is live, milliseconds. */
const LIVE_POLL_MS = 1_000;

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
  const history = useLoad(
    key,
    signal => api.getSamplingHistory(entityRef, { signal }),
    revision + changes,
  );
  const reload = useCallback(() => setChanges(count => count + 1), []);
  usePollUntilLive(tracing.value, tracing.retry);
  return (
    <div className={styles.view}>
      <Loaded load={tracing} lines={12}>
        {value => (
          <>
            <OverridePanel
              entityRef={entityRef}
              tracing={value}
              onChanged={reload}
            />
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
      <HistoryPanel history={history} />
    </div>
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

/** The watch of the cluster needs a moment to see what was written. */
function usePollUntilLive(
  tracing: TracingResponse | undefined,
  reload: () => void,
) {
  const waiting = tracing?.workloads.some(
    ({ override, acceptance }) =>
      override && (!override.live || acceptance?.state === 'pending'),
  );
  useEffect(() => {
    if (!waiting) {
      return undefined;
    }
    const timer = setTimeout(reload, LIVE_POLL_MS);
    return () => clearTimeout(timer);
  }, [waiting, tracing, reload]);
}

import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useTracingWindow } from '../shared/address/TracingWindow';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { useSampledLoad } from '../shared/sample/useSampledLoad';
import { useLoad } from '../shared/states/useLoad';

/** Traces on the overview; the list of traces has the others. */
const LATEST_TRACES = 8;

/** What the overview shows, each part loaded by itself. */
export function useOverview(entityRef: CompoundEntityRef) {
  const api = useApi(meshTracingApiRef);
  const { window, rangeKey, revision } = useTracingWindow();
  const entityKey = JSON.stringify(entityRef);
  const key = `${entityKey} ${rangeKey}`;
  return {
    tracing: useLoad(
      entityKey,
      signal => api.getTracing(entityRef, { signal }),
      revision,
    ),
    latency: useSampledLoad(entityRef, (query, signal) =>
      api.getLatency(entityRef, query, { signal }),
    ),
    traces: useLoad(
      key,
      signal =>
        api.getTraces(
          entityRef,
          { ...window, limit: LATEST_TRACES },
          { signal },
        ),
      revision,
    ),
    dependencies: useSampledLoad(entityRef, (query, signal) =>
      api.getDependencies(entityRef, query, { signal }),
    ),
  };
}

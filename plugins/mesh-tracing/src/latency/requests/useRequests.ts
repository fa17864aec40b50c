import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import type { RequestsResponse } from 'backstage-plugin-mesh-tracing-common';
import { useTracingWindow } from '../../shared/address/TracingWindow';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { type Load, useLoad } from '../../shared/states/useLoad';

/** Figures of all requests in the window that is shown. */
export function useRequests(
  entityRef: CompoundEntityRef,
): Load<RequestsResponse> {
  const api = useApi(meshTracingApiRef);
  const { window, rangeKey, revision } = useTracingWindow();
  return useLoad(
    JSON.stringify([entityRef, rangeKey]),
    signal => api.getRequests(entityRef, window, { signal }),
    revision,
  );
}

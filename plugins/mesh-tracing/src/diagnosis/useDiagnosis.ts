import {
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import type { DiagnosisResponse } from 'backstage-plugin-mesh-tracing-common';
import { useTracingWindow } from '../shared/address/TracingWindow';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { useLoad, type Load } from '../shared/states/useLoad';

/**
 * The ladders of an entity. They aren't looked at again by themselves, since that
 * asks every system that a trace passes.
 */
export function useDiagnosis(
  entityRef: CompoundEntityRef,
): Load<DiagnosisResponse> {
  const api = useApi(meshTracingApiRef);
  const { rangeKey, window } = useTracingWindow();
  return useLoad(`${stringifyEntityRef(entityRef)} ${rangeKey}`, signal =>
    api.getDiagnosis(entityRef, window, { signal }),
  );
}

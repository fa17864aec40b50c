import {
  getCompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { adviseOnNoTraces } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { FindingList } from '../../shared/notes/FindingList';
import { useLoad } from '../../shared/states/useLoad';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** Why a trace that was waited for may not be there, from what the mesh does. */
export function WhyNotFound() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const { entity } = useEntity();
  const tracing = useLoad(stringifyEntityRef(entity), signal =>
    api.getTracing(getCompoundEntityRef(entity), { signal }),
  );
  if (tracing.loading) {
    return null;
  }
  const { reason, finding } = adviseOnNoTraces(tracing.value);
  return (
    <>
      {t(`noTraces.${reason}`)}
      {finding && <FindingList findings={[finding]} />}
    </>
  );
}

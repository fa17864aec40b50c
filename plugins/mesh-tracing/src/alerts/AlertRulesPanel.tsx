import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AlertRulesRequest } from 'backstage-plugin-mesh-tracing-common';
import { useCallback } from 'react';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { AlertRules } from './AlertRules';

/** Alert rules of one entity. */
export function AlertRulesPanel(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const { entityRef } = props;
  const make = useCallback(
    (request: AlertRulesRequest, signal: AbortSignal) =>
      api.makeAlertRules(entityRef, request, { signal }),
    [api, entityRef],
  );
  return (
    <AlertRules
      title={t('alerts.title')}
      note={t('alerts.note')}
      fileName={`alerts-${entityRef.name}`}
      make={make}
    />
  );
}

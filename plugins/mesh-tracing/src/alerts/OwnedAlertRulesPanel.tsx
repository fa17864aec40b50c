import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AlertRulesRequest } from 'backstage-plugin-mesh-tracing-common';
import { useCallback } from 'react';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { AlertRules } from './AlertRules';

/** Alert rules of everything that the user owns. */
export function OwnedAlertRulesPanel() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const make = useCallback(
    (request: AlertRulesRequest, signal: AbortSignal) =>
      api.makeOwnedAlertRules(request, { signal }),
    [api],
  );
  return (
    <AlertRules
      title={t('alerts.titleOwned')}
      note={`${t('alerts.note')} ${t('alerts.noteOwned')}`}
      fileName="alerts-owned"
      make={make}
    />
  );
}

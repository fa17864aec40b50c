import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useAnalytics, useApi } from '@backstage/frontend-plugin-api';
import type {
  ApplyResponse,
  ConflictDetails,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback } from 'react';
import { describeError } from '../../shared/api/describeError';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import type { Previewed, Renewal } from '../preview/Previewed';
import type { OverrideFlow } from './OverrideFlow';

/** Applies what was previewed; a refusal leads back to where it can be dealt with. */
export function useApply(options: {
  entityRef: CompoundEntityRef;
  setFlow: (flow: OverrideFlow) => void;
  onApplied: (applied: ApplyResponse) => void;
  showConflict: (conflict: ConflictDetails, error: unknown) => void;
  previewAgain: (previewed: Previewed, why: Renewal) => Promise<void>;
}) {
  const { entityRef, setFlow, onApplied, showConflict, previewAgain } = options;
  const api = useApi(meshTracingApiRef);
  const analytics = useAnalytics();

  const refused = useCallback(
    async (previewed: Previewed, error: unknown) => {
      const { status, message, details } = describeError(error);
      const conflict = details?.conflict;
      if (status !== 409) {
        setFlow({ ...previewed, error });
      } else if (conflict && conflict.baseYaml !== conflict.currentYaml) {
        showConflict(conflict, error);
      } else {
        // Nobody changed the override, so there is nothing to compare.
        const because = details?.field === 'token' ? 'expired' : 'changed';
        await previewAgain(previewed, { because, message });
      }
    },
    [previewAgain, setFlow, showConflict],
  );

  return useCallback(
    async (previewed: Previewed, confirmScope?: string) => {
      const { request, requestId, preview } = previewed;
      const { token, effect, reach } = preview;
      if (token === undefined) {
        return;
      }
      setFlow({ step: 'applying', previewed });
      try {
        const applied = await api.applyOverride(entityRef, {
          override: request,
          token,
          requestId,
          confirmScope,
        });
        analytics.captureEvent('change', 'sampling override');
        // The verdict on one workload does not hold for all that are reached.
        setFlow({
          step: 'applied',
          applied,
          ...(effect && !reach && { effect }),
        });
        onApplied(applied);
      } catch (error) {
        await refused(previewed, error);
      }
    },
    [api, analytics, entityRef, onApplied, refused, setFlow],
  );
}

import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ConflictDetails,
  OverrideView,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { describeError } from '../../shared/api/describeError';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { useNotify } from '../../shared/controls/useNotify';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { targetOf } from '../draft/targetOf';

/** What a failed attempt leaves to be shown. */
interface Failure {
  error: unknown;
  /** The override as it was when its revert was asked for. */
  seen: OverrideView;
  /** Present where someone else was faster. */
  conflict?: ConflictDetails;
}

/** Reverts an override, if it is still the one that its user saw. */
export function useRevert(options: {
  entityRef: CompoundEntityRef;
  item: WorkloadTracing;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef, item } = options;
  const api = useApi(meshTracingApiRef);
  const notify = useNotify();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const revert = async (override: OverrideView, reason: string) => {
    setPending(true);
    setFailure(undefined);
    try {
      await api.revertOverride(entityRef, {
        ...targetOf(item, override.scope),
        uid: override.uid,
        resourceVersion: override.resourceVersion,
        ...(reason.trim() && { reason: reason.trim() }),
      });
      notify({ title: t('override.reverted'), status: 'success' });
      options.onChanged();
    } catch (error) {
      const { details } = describeError(error);
      setFailure({ error, seen: override, conflict: details?.conflict });
    } finally {
      setPending(false);
    }
  };

  return { pending, failure, revert, forget: () => setFailure(undefined) };
}

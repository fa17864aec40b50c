import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  OverrideView,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { meshTracingApiRef, type MeshTracingApi } from '../api';
import { useNotify } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { newRequestId } from './newRequestId';
import { extensionOf } from './overrideDraft';

const EXTENSION_MS = 60 * 60_000;

/** Extends and reverts the override in force. */
export function useOverrideActions(options: {
  entityRef: CompoundEntityRef;
  item: WorkloadTracing;
  override: OverrideView;
  ability: SamplingAbility;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef, item, override, ability } = options;
  const api = useApi(meshTracingApiRef);
  const notify = useNotify();
  const [pending, setPending] = useState<'extend' | 'revert'>();
  const [error, setError] = useState<unknown>();

  const run = async (
    name: 'extend' | 'revert',
    action: () => Promise<unknown>,
    done: string,
  ) => {
    setPending(name);
    setError(undefined);
    try {
      await action();
      notify({ title: done, status: 'success' });
      options.onChanged();
    } catch (reason) {
      setError(reason);
    } finally {
      setPending(undefined);
    }
  };

  return {
    pending,
    error,
    extend: () =>
      run(
        'extend',
        () => {
          const endMs = Math.min(
            new Date(override.expiresAt ?? Date.now()).getTime() + EXTENSION_MS,
            Date.now() + ability.maxDurationMs,
          );
          const request = extensionOf(item, override, endMs);
          return previewAndApply(
            api,
            entityRef,
            request,
            t('override.refused'),
          );
        },
        t('override.extended'),
      ),
    revert: (reason: string) => {
      const { cluster, namespace, kind, name } = item.workload;
      return run(
        'revert',
        () =>
          api.revertOverride(entityRef, {
            workload: { cluster, namespace, kind, name },
            ...(override.scope &&
              override.scope !== 'workload' && { scope: override.scope }),
            uid: override.uid,
            resourceVersion: override.resourceVersion,
            ...(reason.trim() && { reason: reason.trim() }),
          }),
        t('override.reverted'),
      );
    },
  };
}

/** Even a change that needs no look goes through the preview's checks. */
async function previewAndApply(
  api: MeshTracingApi,
  entityRef: CompoundEntityRef,
  request: ReturnType<typeof extensionOf>,
  refusal: string,
) {
  const preview = await api.previewOverride(entityRef, request);
  if (preview.token === undefined) {
    const denied = preview.verdicts.filter(verdict => !verdict.allowed);
    throw new Error(
      [refusal, ...denied.map(verdict => verdict.message)].join(' '),
    );
  }
  return api.applyOverride(entityRef, {
    override: request,
    token: preview.token,
    requestId: newRequestId(),
    // Its reach was confirmed when it was set; only its end moves.
    ...(request.scope && {
      confirmScope:
        request.scope === 'mesh'
          ? request.workload.cluster
          : request.workload.namespace,
    }),
  });
}

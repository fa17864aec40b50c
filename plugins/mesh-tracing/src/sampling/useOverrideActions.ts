import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ConflictDetails,
  OverrideRequest,
  OverrideView,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useState } from 'react';
import { describeError, meshTracingApiRef } from '../api';
import { useNotify } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { CONTENT_FIELDS, contentOfRequest } from './overrideContent';
import { extensionOf } from './overrideDraft';
import { isTouchedAlready, lacksConsentOnly } from './touchedAlready';
import { useOverrideFlow, type OverrideFlow } from './useOverrideFlow';

const EXTENSION_MS = 60 * 60_000;

/** What a failed attempt leaves to be shown. */
interface Failure {
  error: unknown;
  /** Present where someone else was faster. */
  conflict?: ConflictDetails;
}

/** Reverts the override in force, if it is still the one that is shown. */
export function useRevert(options: {
  entityRef: CompoundEntityRef;
  item: WorkloadTracing;
  override: OverrideView;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef, item, override } = options;
  const api = useApi(meshTracingApiRef);
  const notify = useNotify();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const revert = async (reason: string) => {
    const { cluster, namespace, kind, name } = item.workload;
    setPending(true);
    setFailure(undefined);
    try {
      await api.revertOverride(entityRef, {
        workload: { cluster, namespace, kind, name },
        ...(override.scope &&
          override.scope !== 'workload' && { scope: override.scope }),
        uid: override.uid,
        resourceVersion: override.resourceVersion,
        ...(reason.trim() && { reason: reason.trim() }),
      });
      notify({ title: t('override.reverted'), status: 'success' });
      options.onChanged();
    } catch (error) {
      const { details } = describeError(error);
      setFailure({ error, conflict: details?.conflict });
    } finally {
      setPending(false);
    }
  };

  return { pending, failure, revert, forget: () => setFailure(undefined) };
}

/**
 * Moves the end of the override in force. One click does for a workload, where
 * the preview shows that nothing else changes and nobody else is newly touched;
 * all else is shown to be confirmed.
 */
export function useExtension(options: {
  entityRef: CompoundEntityRef;
  item: WorkloadTracing;
  override: OverrideView;
  ability: SamplingAbility;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef, item, override, ability, onChanged } = options;
  const notify = useNotify();
  const onExtended = useCallback(() => {
    notify({ title: t('override.extended'), status: 'success' });
    onChanged();
  }, [notify, onChanged, t]);
  const change = useOverrideFlow(entityRef, onExtended);
  const { apply, ask, show, showConflict } = change;
  const [wanted, setWanted] = useState<OverrideRequest>();
  const [isShown, setShown] = useState(false);

  const extend = async () => {
    setShown(false);
    const endMs = Math.min(
      new Date(override.expiresAt ?? Date.now()).getTime() + EXTENSION_MS,
      Date.now() + ability.maxDurationMs,
    );
    const request = extensionOf(item, override, endMs);
    setWanted(request);
    const first = await ask(request);
    if (!first) {
      return;
    }
    const yaml = await import('./overrideYaml');
    const conflict = yaml.changedMeanwhile(
      override,
      first.preview,
      CONTENT_FIELDS,
    );
    if (conflict) {
      showConflict(conflict);
      return;
    }
    const isSafe =
      request.scope === undefined &&
      yaml.onlyEndMoves(first.preview) &&
      isTouchedAlready(first.preview, override);
    // Who consented when it was set need not be asked again for the same.
    const last =
      isSafe && lacksConsentOnly(first.preview)
        ? await ask({ ...request, acceptOtherWorkloads: true })
        : first;
    if (!last) {
      return;
    }
    if (
      isSafe &&
      last.preview.token !== undefined &&
      yaml.onlyEndMoves(last.preview) &&
      isTouchedAlready(last.preview, override)
    ) {
      await apply(last);
    } else {
      setShown(true);
      // A consent that was only taken over must not be confirmed unseen.
      show(last.preview.token === undefined ? last : first);
    }
  };

  return {
    ...change,
    extend,
    /** Whether the preview is to be looked at, since one click was not enough. */
    isShown: isShown || isAskedAgain(change.flow),
    wanted: wanted && contentOfRequest(wanted),
  };
}

/** Whether an attempt to apply failed, so that a person has to look. */
function isAskedAgain(flow: OverrideFlow): boolean {
  const previewed = flow.step === 'applying' ? flow.previewed : flow;
  return (
    previewed.step === 'previewed' &&
    (previewed.renewed !== undefined || previewed.error !== undefined)
  );
}

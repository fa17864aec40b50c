import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ApplyResponse,
  ConflictDetails,
  OverrideRequest,
  OverrideView,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useState } from 'react';
import { describeError } from '../../shared/api/describeError';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { useNotify } from '../../shared/controls/useNotify';
import { formatSpan } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { useOverrideFlow, type OverrideFlow } from '../change/useOverrideFlow';
import { isTouchedAlready, lacksConsentOnly } from '../conflict/touchedAlready';
import { CONTENT_FIELDS, contentOfRequest } from '../draft/overrideContent';
import { extensionOf } from '../draft/requestOf';
import { targetOf } from '../draft/targetOf';

const EXTENSION_MS = 60 * 60_000;

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
  const { resourceVersion } = override;
  const [extended, setExtended] = useState<{
    to: OverrideView;
    from: string;
  }>();
  const onExtended = useCallback(
    (applied: ApplyResponse) => {
      setExtended({ to: applied.override, from: resourceVersion });
      notify({ title: t('override.extended'), status: 'success' });
      onChanged();
    },
    [notify, onChanged, resourceVersion, t],
  );
  // What was written, until the watch has caught up with it.
  const latest = extended?.from === resourceVersion ? extended.to : override;
  const change = useOverrideFlow(entityRef, onExtended);
  const { apply, ask, edit, show, showConflict } = change;
  const [wanted, setWanted] = useState<OverrideRequest>();
  const [isShown, setShown] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  /** A part of the program; undefined, and told, where it can't be loaded. */
  const loaded = async <T>(part: Promise<T>): Promise<T | undefined> => {
    try {
      return await part;
    } catch (error) {
      show({ step: 'editing', error });
      return undefined;
    }
  };

  const extend = async () => {
    setShown(false);
    setRefusal(undefined);
    const end = laterEnd(latest, ability, Date.now());
    if (!end) {
      const span = formatSpan(ability.maxDurationMs);
      setRefusal(t('override.extendTooLong', { span }));
      edit();
      return;
    }
    const request = extensionOf(item, latest, end.ms);
    setWanted(request);
    const first = await ask(request);
    if (!first) {
      return;
    }
    const yaml = await loaded(import('../conflict/overrideYaml'));
    if (!yaml) {
      return;
    }
    const conflict = yaml.changedMeanwhile(
      latest,
      first.preview,
      CONTENT_FIELDS,
    );
    if (conflict) {
      showConflict(conflict);
      return;
    }
    const isSafe =
      end.isWhole &&
      request.scope === undefined &&
      yaml.onlyEndMoves(first.preview) &&
      isTouchedAlready(first.preview, latest);
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
      isTouchedAlready(last.preview, latest)
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
    latest,
    /** Why there is no later end to ask for. */
    refusal,
    /** Whether the preview is to be looked at, since one click was not enough. */
    isShown: isShown || isAskedAgain(change.flow),
    wanted: wanted && contentOfRequest(wanted),
  };
}

/**
 * The end that an extension leads to, and whether it is as much later as the
 * button says; undefined where none later is allowed.
 */
function laterEnd(
  { expiresAt }: OverrideView,
  { maxDurationMs }: SamplingAbility,
  nowMs: number,
): { ms: number; isWhole: boolean } | undefined {
  const formerMs = Date.parse(expiresAt ?? '');
  const wholeMs = formerMs + EXTENSION_MS;
  const ms = Math.min(wholeMs, nowMs + maxDurationMs);
  return ms > formerMs ? { ms, isWhole: ms === wholeMs } : undefined;
}

/** Whether an attempt to apply failed, so that a person has to look. */
function isAskedAgain(flow: OverrideFlow): boolean {
  const previewed = flow.step === 'applying' ? flow.previewed : flow;
  return (
    previewed.step === 'previewed' &&
    (previewed.renewed !== undefined || previewed.error !== undefined)
  );
}

import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ApplyResponse,
  OverrideRequest,
  OverrideView,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useState } from 'react';
import { useNotify } from '../../shared/controls/useNotify';
import { formatSpan } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { OverrideFlow } from '../change/OverrideFlow';
import { useOverrideFlow } from '../change/useOverrideFlow';
import { contentOfRequest } from '../draft/overrideContent';
import { extensionOf } from '../draft/requestOf';
import { useOneClick } from './useOneClick';

const EXTENSION_MS = 60 * 60_000;

/** Moves the end of the override in force, by one click where that is safe. */
export function useExtension(options: {
  entityRef: CompoundEntityRef;
  item: WorkloadTracing;
  override: OverrideView;
  ability: SamplingAbility;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef, item, override, ability, onChanged } = options;
  const { latest, onExtended } = useExtended(override, onChanged);
  const change = useOverrideFlow(entityRef, onExtended);
  const { ask, edit } = change;
  const { isShown, hide, settle } = useOneClick(change, latest);
  const [wanted, setWanted] = useState<OverrideRequest>();
  const [refusal, setRefusal] = useState<string>();

  const extend = async () => {
    hide();
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
    if (first) {
      await settle(first, end.isWhole);
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

/** The override as it was last written, until the watch has caught up with it. */
function useExtended(override: OverrideView, onChanged: () => void) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
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
  const latest = extended?.from === resourceVersion ? extended.to : override;
  return { latest, onExtended };
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

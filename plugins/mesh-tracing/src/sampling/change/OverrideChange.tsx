import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Alert, Button, VisuallyHidden } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  OverrideRequest,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { ErrorState } from '../../shared/states/ErrorState';
import { LoadingLines } from '../../shared/states/Loaded';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { draftOf, type OverrideDraft } from '../draft/overrideDraft';
import { overrideOfScope, overridesOf } from '../draft/overridesOf';
import { draftOfProposal, type Proposal } from '../draft/proposal';
import { withOverride } from '../draft/rebaseDraft';
import { requestOf } from '../draft/requestOf';
import { validateDraft } from '../draft/validateDraft';
import { withAllowedEnd } from '../draft/withAllowedEnd';
import { useEffectSummary } from '../effect/useEffectTexts';
import { OverrideForm } from '../form/OverrideForm';
import { LazyPreviewPanel } from '../preview/LazyPreviewPanel';
import { InView } from './InView';
import { useLeaveWhenGone } from './useLeaveWhenGone';
import { useOverrideFlow, type OverrideFlow } from './useOverrideFlow';

const FormConflict = lazy(() =>
  import('../conflict/FormConflict').then(m => ({ default: m.FormConflict })),
);

/** Form, preview, confirmation, and what became of it. */
export function OverrideChange(props: {
  entityRef: CompoundEntityRef;
  item: WorkloadTracing;
  ability: SamplingAbility;
  proposal?: Proposal;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { item, ability } = props;
  const [draft, setDraft] = useState(() =>
    withAllowedEnd(
      props.proposal ? draftOfProposal(item, props.proposal) : draftOf(item),
      ability,
      Date.now(),
    ),
  );
  /** What the form was begun from, to tell what its user has changed. */
  const [seen, setSeen] = useState(item);
  /** How often an invalid form was to be previewed. */
  const [attempts, setAttempts] = useState(0);
  const { flow, edit, preview, apply, show } = useOverrideFlow(
    props.entityRef,
    props.onChanged,
    // The end that was chosen as a length begins anew.
    ({ acceptOtherWorkloads }: OverrideRequest) => ({
      ...requestOf(item, draft, Date.now()),
      ...(acceptOtherWorkloads && { acceptOtherWorkloads }),
    }),
  );
  /** Shows what a draft would do, or what is wrong with it. */
  const previewDraft = (wanted: OverrideDraft, base: WorkloadTracing) => {
    const nowMs = Date.now();
    if (Object.keys(validateDraft(wanted, ability, nowMs)).length > 0) {
      setAttempts(count => count + 1);
      return;
    }
    preview(requestOf(item, wanted, nowMs), {
      seen: overrideOfScope(base, wanted.scope) ?? null,
    });
  };
  const previewRebased = (rebased: OverrideDraft, current: WorkloadTracing) => {
    setDraft(rebased);
    setSeen(current);
    edit();
    previewDraft(rebased, current);
  };
  /** From the form; after a conflict on top of what is there now. */
  const previewForm = async () => {
    if (flow.step !== 'editing' || !flow.conflict) {
      previewDraft(draft, seen);
      return;
    }
    try {
      const { rebaseOnConflict } = await import('../conflict/rebaseOnConflict');
      const { rebased, current } = rebaseOnConflict(flow.conflict, draft, seen);
      previewRebased(rebased, current);
    } catch (error) {
      show({ ...flow, error });
    }
  };
  const { update } = useTracingUrl();
  const leave = useCallback(() => {
    edit();
    update({ change: undefined });
  }, [edit, update]);
  useLeaveWhenGone(
    flow.step === 'applied' ? flow.applied.override.uid : undefined,
    flow.step === 'applied'
      ? presentOf(item, flow.applied.override.uid)?.uid
      : undefined,
    leave,
  );
  const change = (next: OverrideDraft) => {
    if (flow.step === 'applying') {
      return;
    }
    setDraft(next);
    // A conflict is about the override of one scope.
    if (flow.step !== 'editing' || next.scope !== draft.scope) {
      edit();
    }
  };
  return (
    <>
      <Applied flow={flow} item={item} />
      <VisuallyHidden role="status">
        {flow.step === 'previewing' && t('form.previewing')}
      </VisuallyHidden>
      {flow.step === 'editing' && flow.conflict && (
        <Suspense fallback={<LoadingLines lines={3} />}>
          <FormConflict
            error={flow.error}
            conflict={flow.conflict}
            draft={draft}
            seen={seen}
            ability={ability}
            onAgain={previewRebased}
          />
        </Suspense>
      )}
      {flow.step === 'editing' &&
        flow.error !== undefined &&
        !flow.conflict && <ErrorState error={flow.error} isWrite />}
      {flow.step !== 'applied' && (
        <OverrideForm
          draft={draft}
          item={item}
          seen={seen}
          ability={ability}
          attempts={attempts}
          isPending={flow.step === 'previewing'}
          isDisabled={flow.step === 'applying'}
          onChange={change}
          onPreview={previewForm}
        />
      )}
      {(flow.step === 'previewed' || flow.step === 'applying') && (
        <Suspense fallback={<LoadingLines lines={6} />}>
          <LazyPreviewPanel
            previewed={flow.step === 'applying' ? flow.previewed : flow}
            isPending={flow.step === 'applying'}
            onApply={apply}
            cancelLabel={t('preview.back')}
            onCancel={edit}
            onConsent={request => preview(request)}
          />
        </Suspense>
      )}
      {flow.step === 'applied' && (
        <div>
          <Button
            size="small"
            variant="secondary"
            onPress={() => {
              setSeen(withOverride(seen, draft.scope, flow.applied.override));
              setAttempts(0);
              edit();
            }}
          >
            {t('override.changeAgain')}
          </Button>
        </div>
      )}
    </>
  );
}

/** The override as the cluster shows it, of whatever scope. */
function presentOf(item: WorkloadTracing, uid: string) {
  return overridesOf(item).find(override => override.uid === uid);
}

/** "Applied" is what the API server said; "live" is what the watch has seen. */
function Applied(props: { flow: OverrideFlow; item: WorkloadTracing }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { flow, item } = props;
  const summaryOf = useEffectSummary();
  if (flow.step !== 'applied') {
    return null;
  }
  const { effect } = flow;
  const { override, warnings } = flow.applied;
  const live = override.live || presentOf(item, override.uid)?.live === true;
  return (
    <InView>
      <Alert
        role="status"
        status="success"
        icon
        isPending={!live}
        title={live ? t('override.live') : t('override.applied')}
        description={
          live
            ? [
                effect ? summaryOf(effect) : t('override.liveNote'),
                ...warnings,
              ].join(' ')
            : [t('override.appliedNote'), ...warnings].join(' ')
        }
      />
    </InView>
  );
}

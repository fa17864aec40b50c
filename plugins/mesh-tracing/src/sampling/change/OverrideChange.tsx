import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Button, VisuallyHidden } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  OverrideRequest,
  OverrideView,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { ErrorState } from '../../shared/states/ErrorState';
import { LoadingLines } from '../../shared/states/Loaded';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { draftOf, type OverrideDraft } from '../draft/overrideDraft';
import { overrideOfScope, overrideOfUid } from '../draft/overridesOf';
import { draftOfProposal, type Proposal } from '../draft/proposal';
import { withOverride } from '../draft/rebaseDraft';
import { requestOf } from '../draft/requestOf';
import { validateDraft } from '../draft/validateDraft';
import { withAllowedEnd } from '../draft/withAllowedEnd';
import { OverrideForm } from '../form/OverrideForm';
import { LazyPreviewPanel } from '../preview/LazyPreviewPanel';
import { AppliedNotice } from './AppliedNotice';
import type { OverrideFlow } from './OverrideFlow';
import { useLeaveWhenGone } from './useLeaveWhenGone';
import { useOverrideFlow } from './useOverrideFlow';

const FormConflict = lazy(() =>
  import('../conflict/FormConflict').then(m => ({ default: m.FormConflict })),
);

/** What a change is of, and what its user may do. */
interface ChangeOptions {
  entityRef: CompoundEntityRef;
  item: WorkloadTracing;
  ability: SamplingAbility;
  proposal?: Proposal;
  onChanged: () => void;
}

/** Form, preview, confirmation, and what became of it. */
export function OverrideChange(props: ChangeOptions) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { item, ability } = props;
  const form = useFormFlow(props);
  const { flow, draft, seen } = form;
  const previewed = flow.step === 'applying' ? flow.previewed : flow;
  return (
    <>
      <AppliedNotice flow={flow} item={item} />
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
            onAgain={form.previewRebased}
          />
        </Suspense>
      )}
      {flow.step === 'editing' &&
        flow.error !== undefined &&
        !flow.conflict && <ErrorState error={flow.error} isWrite />}
      {flow.step !== 'applied' && (
        <OverrideForm
          entityRef={props.entityRef}
          draft={draft}
          item={item}
          seen={seen}
          ability={ability}
          attempts={form.attempts}
          isPending={flow.step === 'previewing'}
          isDisabled={flow.step === 'applying'}
          onChange={form.change}
          onPreview={form.previewForm}
        />
      )}
      {previewed.step === 'previewed' && (
        <Suspense fallback={<LoadingLines lines={6} />}>
          <LazyPreviewPanel
            previewed={previewed}
            isPending={flow.step === 'applying'}
            onApply={form.apply}
            cancelLabel={t('preview.back')}
            onCancel={form.edit}
            onConsent={request => form.preview(request)}
          />
        </Suspense>
      )}
      {flow.step === 'applied' && (
        <div>
          <Button
            size="small"
            variant="secondary"
            onPress={() => form.changeAgain(flow.applied.override)}
          >
            {t('override.changeAgain')}
          </Button>
        </div>
      )}
    </>
  );
}

/** What the form says, what it was begun from, and the steps that follow. */
function useFormFlow({
  entityRef,
  item,
  ability,
  proposal,
  onChanged,
}: ChangeOptions) {
  const [draft, setDraft] = useState(() =>
    withAllowedEnd(
      proposal ? draftOfProposal(item, proposal) : draftOf(item),
      ability,
      Date.now(),
    ),
  );
  /** What the form was begun from, to tell what its user has changed. */
  const [seen, setSeen] = useState(item);
  /** How often an invalid form was to be previewed. */
  const [attempts, setAttempts] = useState(0);
  const { flow, edit, preview, apply, show } = useOverrideFlow(
    entityRef,
    onChanged,
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
  /** The form once more, begun from what was applied. */
  const changeAgain = (applied: OverrideView) => {
    setSeen(withOverride(seen, draft.scope, applied));
    setAttempts(0);
    edit();
  };
  useLeavingWhenGone(flow, item, edit);
  return {
    flow,
    edit,
    preview,
    apply,
    draft,
    seen,
    attempts,
    previewRebased,
    previewForm,
    change,
    changeAgain,
  };
}

/** Closes the form once the override that was applied is in force no more. */
function useLeavingWhenGone(
  flow: OverrideFlow,
  item: WorkloadTracing,
  edit: () => void,
) {
  const { update } = useTracingUrl();
  const leave = useCallback(() => {
    edit();
    update({ change: undefined });
  }, [edit, update]);
  const appliedUid =
    flow.step === 'applied' ? flow.applied.override.uid : undefined;
  const presentUid = appliedUid && overrideOfUid(item, appliedUid)?.uid;
  useLeaveWhenGone(appliedUid, presentUid, leave);
}

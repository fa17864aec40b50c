import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Alert, Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  OverrideView,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import {
  lazy,
  Suspense,
  useState,
  type ComponentProps,
  type RefObject,
} from 'react';
import { useFocusKeeper } from '../../shared/focus/useFocusKeeper';
import { ErrorState } from '../../shared/states/ErrorState';
import { LoadingLines } from '../../shared/states/Loaded';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { LazyPreviewPanel } from '../preview/LazyPreviewPanel';
import { ConfirmRevert } from './ConfirmRevert';
import styles from './OverrideCard.module.css';
import { useExtension } from './useExtension';
import { useRevert } from './useRevert';

const ConflictPanel = lazy(() =>
  import('../conflict/ConflictPanel').then(m => ({ default: m.ConflictPanel })),
);

/** The ways out of an override in force: a later end, or none of it. */
export function OverrideActions(props: {
  entityRef: CompoundEntityRef;
  item: WorkloadTracing;
  override: OverrideView;
  ability: SamplingAbility;
  /** Takes the focus when the part that had it is done with. */
  card: RefObject<HTMLElement>;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { override, card } = props;
  useFocusKeeper(card, card);
  const extension = useExtension(props);
  const { pending, failure, revert, forget } = useRevert(props);
  /** As it was when its revert was asked for: a colleague may change it now. */
  const [confirming, setConfirming] = useState<OverrideView>();
  const { flow } = extension;
  const isExtending = flow.step === 'previewing' || flow.step === 'applying';
  return (
    <>
      <div className={styles.actions}>
        {override.expiresAt !== undefined && (
          <Button
            size="small"
            variant="secondary"
            isPending={isExtending}
            onPress={() => {
              forget();
              extension.extend();
            }}
          >
            {t('override.extend')}
          </Button>
        )}
        <Button
          size="small"
          variant="secondary"
          destructive
          isPending={pending}
          onPress={() => setConfirming(extension.latest)}
        >
          {t('override.revert')}
        </Button>
      </div>
      <div className={styles.below}>
        <Extension extension={extension} onChanged={props.onChanged} />
        {failure?.conflict && (
          <NothingWritten
            error={failure.error}
            conflict={failure.conflict}
            base={failure.seen}
            mine={null}
            onAgain={() => {
              forget();
              props.onChanged();
            }}
          />
        )}
        {failure && !failure.conflict && (
          <ErrorState error={failure.error} isWrite />
        )}
      </div>
      {confirming && (
        <ConfirmRevert
          override={confirming}
          cluster={props.item.workload.cluster}
          onClose={() => setConfirming(undefined)}
          onConfirm={reason => {
            setConfirming(undefined);
            extension.edit();
            revert(confirming, reason);
          }}
        />
      )}
    </>
  );
}

/** Someone else was faster, and there is no input to keep. */
function NothingWritten(
  props: Omit<ComponentProps<typeof ConflictPanel>, 'note' | 'againLabel'>,
) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <Suspense fallback={<LoadingLines lines={3} />}>
      <ConflictPanel
        {...props}
        note={t('conflict.nothingWritten')}
        againLabel={t('conflict.reload')}
      />
    </Suspense>
  );
}

/** An extension that one click was not enough for. */
function Extension(props: {
  extension: ReturnType<typeof useExtension>;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { extension } = props;
  const { flow, edit, latest } = extension;
  if (extension.refusal !== undefined) {
    return (
      <Alert role="alert" status="warning" icon title={extension.refusal} />
    );
  }
  if (flow.step === 'editing' && flow.conflict) {
    const { expiresAt } = extension.wanted ?? latest;
    return (
      <NothingWritten
        error={flow.error}
        conflict={flow.conflict}
        base={latest}
        mine={{ ...latest, expiresAt }}
        onAgain={() => {
          edit();
          props.onChanged();
        }}
      />
    );
  }
  if (flow.step === 'editing' && flow.error !== undefined) {
    return <ErrorState error={flow.error} isWrite />;
  }
  const previewed = flow.step === 'applying' ? flow.previewed : flow;
  // While one click does, there is nothing to look at.
  if (previewed.step !== 'previewed' || !extension.isShown) {
    return null;
  }
  return (
    <>
      <Alert
        status="warning"
        icon
        title={
          previewed.preview.token === undefined
            ? t('override.refused')
            : t('override.extendLook')
        }
      />
      <Suspense fallback={<LoadingLines lines={6} />}>
        <LazyPreviewPanel
          previewed={previewed}
          isPending={flow.step === 'applying'}
          onApply={extension.apply}
          cancelLabel={t('common.cancel')}
          onCancel={edit}
          onConsent={request => extension.preview(request)}
        />
      </Suspense>
    </>
  );
}

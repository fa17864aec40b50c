import { Alert, Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  OverrideRequest,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useRef } from 'react';
import { CopyButton } from '../../shared/controls/CopyButton';
import { FindingList } from '../../shared/notes/FindingList';
import { ErrorState } from '../../shared/states/ErrorState';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { BindingNote } from '../../workloads';
import { PreviewGitOps } from '../handover/PreviewGitOps';
import { PreviewHandover } from '../handover/PreviewHandover';
import { PartBox } from '../parts/PartBox';
import { YamlDiff } from '../parts/YamlDiff';
import { EffectPanel } from './EffectPanel';
import { PreviewChanges } from './PreviewChanges';
import { PreviewConfirm } from './PreviewConfirm';
import type { Previewed, Renewal } from './Previewed';
import { PreviewImpact } from './PreviewImpact';
import styles from './PreviewPanel.module.css';
import { PreviewReach } from './PreviewReach';
import { PreviewVerdicts } from './PreviewVerdicts';

/** What would happen; only from here can it be applied. */
export function PreviewPanel(props: {
  previewed: Previewed;
  isPending: boolean;
  cancelLabel: string;
  onApply: (previewed: Previewed, confirmScope?: string) => void;
  onCancel: () => void;
  onConsent: (request: OverrideRequest) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { preview, request, error } = props.previewed;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <PartBox label={t('preview.title')}>
      <h3 ref={heading} tabIndex={-1} className={styles.title}>
        {t('preview.title')}
      </h3>
      {props.previewed.renewed && <Renewed renewed={props.previewed.renewed} />}
      <PreviewReach preview={preview} />
      {preview.binding && <BindingNote binding={preview.binding} />}
      {/* What forbids it comes first: then the API server was not asked. */}
      <PreviewVerdicts verdicts={preview.verdicts} />
      <DryRun preview={preview} />
      {preview.effect && !preview.reach && (
        <EffectPanel effect={preview.effect} />
      )}
      {preview.findings.length > 0 && (
        <FindingList findings={preview.findings} />
      )}
      <PreviewChanges changes={preview.changes} />
      {!request.acceptOtherWorkloads && (
        <OtherWorkloads
          preview={preview}
          onConsent={() =>
            props.onConsent({ ...request, acceptOtherWorkloads: true })
          }
        />
      )}
      <PreviewImpact preview={preview} />
      <PreviewYaml preview={preview} />
      {preview.gitOps && <PreviewGitOps gitOps={preview.gitOps} />}
      {preview.handover && <PreviewHandover handover={preview.handover} />}
      {error !== undefined && <ErrorState error={error} isWrite />}
      <PreviewConfirm
        request={request}
        preview={preview}
        isPending={props.isPending}
        cancelLabel={props.cancelLabel}
        onApply={confirmScope => props.onApply(props.previewed, confirmScope)}
        onCancel={props.onCancel}
      />
    </PartBox>
  );
}

/** Why what was confirmed is shown once more. */
function Renewed({ renewed }: { renewed: Renewal }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return renewed.because === 'expired' ? (
    <Alert
      role="alert"
      status="info"
      icon
      title={t('preview.expired')}
      description={t('preview.expiredNote')}
    />
  ) : (
    <Alert
      role="alert"
      status="warning"
      icon
      title={t('preview.outdated')}
      description={`${renewed.message}. ${t('preview.expiredNote')}`}
    />
  );
}

function DryRun({ preview }: { preview: PreviewResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { outcome, message, field, warnings } = preview.dryRun;
  const looks = {
    accepted: { status: 'success', title: t('preview.accepted') },
    refused: { status: 'danger', title: t('preview.refused') },
    unavailable: { status: 'warning', title: t('preview.unavailable') },
  } as const;
  const description = [
    field && t('preview.field', { field }),
    message,
    ...warnings.map(warning => t('preview.warning', { warning })),
  ].filter(Boolean);
  return (
    <Alert
      status={looks[outcome].status}
      icon
      title={looks[outcome].title}
      description={description.length > 0 ? description.join(' ') : undefined}
    />
  );
}

/** Workloads that the change reaches besides those that it is for. */
function OtherWorkloads(props: {
  preview: PreviewResponse;
  onConsent: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { changes } = props.preview;
  const count = changes.filter(({ intended }) => !intended).length;
  return count === 0 ? null : (
    <Alert
      status="warning"
      icon
      title={t('preview.othersTitle', { count, total: String(count) })}
      description={t('preview.others')}
      customActions={
        <Button size="small" variant="secondary" onPress={props.onConsent}>
          {t('preview.consent')}
        </Button>
      }
    />
  );
}

/** The Telemetry as it would be, against what is there now. */
function PreviewYaml({ preview }: { preview: PreviewResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const titles = {
    create: t('preview.yamlCreate'),
    update: t('preview.yamlUpdate'),
    none: t('preview.yamlNone'),
  };
  return (
    <div>
      <div className={styles.yamlTitle}>
        <h4>{titles[preview.action]}</h4>
        <CopyButton text={preview.yaml} label={t('resource.copy')} />
      </div>
      <YamlDiff before={preview.currentYaml ?? ''} after={preview.yaml} />
    </div>
  );
}

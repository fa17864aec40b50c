import { Alert, Button, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  OverrideRequest,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useRef, useState } from 'react';
import { CopyButton } from '../../shared/controls/CopyButton';
import { FindingList } from '../../shared/notes/FindingList';
import { ErrorState } from '../../shared/states/ErrorState';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { BindingNote } from '../../workloads';
import type { Previewed, Renewal } from '../change/useOverrideFlow';
import { EffectPanel } from './EffectPanel';
import { PreviewChanges } from './PreviewChanges';
import { PreviewGitOps } from './PreviewGitOps';
import { PreviewHandover } from './PreviewHandover';
import { PreviewImpact } from './PreviewImpact';
import styles from './PreviewPanel.module.css';
import { PreviewReach } from './PreviewReach';
import { PreviewSummary } from './PreviewSummary';
import { PreviewVerdicts } from './PreviewVerdicts';
import { YamlDiff } from './YamlDiff';

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
  const yamlTitles = {
    create: t('preview.yamlCreate'),
    update: t('preview.yamlUpdate'),
    none: t('preview.yamlNone'),
  };
  const [typed, setTyped] = useState('');
  const expected = nameToType(request);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const others = preview.changes.filter(change => !change.intended);
  return (
    <section className={styles.preview} aria-label={t('preview.title')}>
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
      {others.length > 0 && !request.acceptOtherWorkloads && (
        <Alert
          status="warning"
          icon
          title={t('preview.othersTitle', {
            count: others.length,
            total: String(others.length),
          })}
          description={t('preview.others')}
          customActions={
            <Button
              size="small"
              variant="secondary"
              onPress={() =>
                props.onConsent({ ...request, acceptOtherWorkloads: true })
              }
            >
              {t('preview.consent')}
            </Button>
          }
        />
      )}
      <PreviewImpact preview={preview} />
      <div>
        <div className={styles.yamlTitle}>
          <h4>{yamlTitles[preview.action]}</h4>
          <CopyButton text={preview.yaml} label={t('resource.copy')} />
        </div>
        <YamlDiff before={preview.currentYaml ?? ''} after={preview.yaml} />
      </div>
      {preview.gitOps && <PreviewGitOps gitOps={preview.gitOps} />}
      {preview.handover && <PreviewHandover handover={preview.handover} />}
      {error !== undefined && <ErrorState error={error} isWrite />}
      {expected !== undefined && preview.token !== undefined && (
        <TextField
          label={
            request.scope === 'mesh'
              ? t('preview.typeCluster', { name: expected })
              : t('preview.typeNamespace', { name: expected })
          }
          value={typed}
          onChange={setTyped}
        />
      )}
      <div className={styles.actions}>
        <PreviewSummary request={request} preview={preview} />
        <Button
          variant="primary"
          isPending={props.isPending}
          isDisabled={
            preview.token === undefined ||
            (expected !== undefined && typed !== expected)
          }
          onPress={() =>
            props.onApply(
              props.previewed,
              expected === undefined ? undefined : typed,
            )
          }
        >
          {t('preview.apply')}
        </Button>
        <Button
          variant="secondary"
          isDisabled={props.isPending}
          onPress={props.onCancel}
        >
          {props.cancelLabel}
        </Button>
        {preview.token === undefined && (
          <span className={styles.note}>
            {preview.action === 'none' &&
            preview.verdicts.every(({ allowed }) => allowed)
              ? t('preview.nothing')
              : t('preview.notApplicable')}
          </span>
        )}
      </div>
    </section>
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

/** What confirms a change of many; undefined for one workload. */
function nameToType({ scope, workload }: OverrideRequest): string | undefined {
  switch (scope) {
    case 'namespace':
      return workload.namespace;
    case 'mesh':
      return workload.cluster;
    default:
      return undefined;
  }
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

import { Button, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  OverrideRequest,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './PreviewPanel.module.css';
import { PreviewSummary } from './PreviewSummary';

/**
 * The change in one line, and the buttons that apply it or leave it. A change of
 * many is confirmed by typing the name of what it reaches.
 */
export function PreviewConfirm(props: {
  request: OverrideRequest;
  preview: PreviewResponse;
  isPending: boolean;
  cancelLabel: string;
  /** With the name that was typed, where one is needed. */
  onApply: (confirmScope?: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { preview, request } = props;
  const [typed, setTyped] = useState('');
  const expected = nameToType(request);
  const isTyped = expected === undefined || typed === expected;
  return (
    <>
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
          isDisabled={preview.token === undefined || !isTyped}
          onPress={() =>
            props.onApply(expected === undefined ? undefined : typed)
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
    </>
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

import { Select, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import type { AlertDraft } from './alertDraft';
import styles from './alerts.module.css';

/** Where the rules go: how the Prometheus Operator finds them, and what a pull request has. */
export function AlertOutputFields(props: {
  draft: AlertDraft;
  namespaceError?: string;
  labelsError?: string;
  onChange: (patch: Partial<AlertDraft>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, onChange } = props;
  return (
    <fieldset className={styles.part}>
      <legend>{t('alerts.output')}</legend>
      <div className={styles.texts}>
        <TextField
          size="small"
          label={t('alerts.namespace')}
          value={draft.namespace}
          validationBehavior="aria"
          validate={() => props.namespaceError}
          onChange={namespace => onChange({ namespace })}
        />
        <TextField
          size="small"
          label={t('alerts.labels')}
          description={props.labelsError ? undefined : t('alerts.labelsNote')}
          value={draft.labels}
          validationBehavior="aria"
          validate={() => props.labelsError}
          onChange={labels => onChange({ labels })}
        />
        <Select
          size="small"
          label={t('alerts.format')}
          options={[
            { value: 'prometheus-rule', label: t('alerts.prometheusRule') },
            { value: 'rule-file', label: t('alerts.ruleFile') },
          ]}
          selectedKey={draft.format}
          onSelectionChange={key =>
            onChange({ format: key as AlertDraft['format'] })
          }
        />
      </div>
    </fieldset>
  );
}

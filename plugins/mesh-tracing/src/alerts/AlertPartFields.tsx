import { NumberField, Select, Switch } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AlertSeverity } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import {
  PART_FIELDS,
  type AlertField,
  type AlertPart,
  type PartDraft,
} from './alertDraft';
import styles from './alerts.module.css';

/**
 * One object for all renderings: with another one, the field drops what is being
 * typed.
 */
const FORMAT = { maximumFractionDigits: 4, useGrouping: false };

/** Whether an alert is made, and its numbers. */
export function AlertPartFields(props: {
  part: AlertPart;
  draft: PartDraft;
  errorOf: (field: AlertField) => string | undefined;
  /** About the part as a whole. */
  error?: string;
  onChange: (draft: PartDraft) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { part, draft, onChange } = props;
  const note = {
    errorBudget: t('alerts.errorBudgetNote'),
    errorRate: undefined,
    latency: undefined,
    lostSpans: t('alerts.lostSpansNote'),
    tracedShare: t('alerts.tracedShareNote'),
  }[part];
  return (
    <fieldset className={styles.part} aria-label={t(`alerts.${part}`)}>
      <Switch
        label={t(`alerts.${part}`)}
        isSelected={draft.isOn}
        onChange={isOn => onChange({ ...draft, isOn })}
      />
      {draft.isOn && note && <div className={styles.note}>{note}</div>}
      {draft.isOn && (
        <div className={styles.numbers}>
          {PART_FIELDS[part].map(field => (
            <NumberField
              key={field}
              size="small"
              label={t(`alerts.${field}`)}
              value={draft.values[field] ?? NaN}
              formatOptions={FORMAT}
              validationBehavior="aria"
              validate={() => props.errorOf(field)}
              onChange={value =>
                onChange({
                  ...draft,
                  values: { ...draft.values, [field]: value },
                })
              }
            />
          ))}
          {part !== 'errorBudget' && (
            <Select
              size="small"
              label={t('alerts.severity')}
              options={[
                { value: 'critical', label: t('alerts.critical') },
                { value: 'warning', label: t('alerts.warning') },
                { value: 'info', label: t('alerts.info') },
              ]}
              selectedKey={draft.severity}
              onSelectionChange={key =>
                onChange({ ...draft, severity: key as AlertSeverity })
              }
            />
          )}
        </div>
      )}
      {draft.isOn && props.error && (
        <div className={styles.error}>{props.error}</div>
      )}
    </fieldset>
  );
}

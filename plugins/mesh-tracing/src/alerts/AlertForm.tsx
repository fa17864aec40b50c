import { Button, Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEffect, useRef } from 'react';
import { focusFirstWrong } from '../shared/focus/focusFirstWrong';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import {
  ALERT_PARTS,
  alertProblems,
  draftOf,
  type AlertDraft,
  type AlertPreset,
} from './alertDraft';
import { AlertOutputFields } from './AlertOutputFields';
import { AlertPartFields } from './AlertPartFields';
import styles from './alerts.module.css';
import { useAlertProblemTexts } from './useAlertProblemTexts';

/** Which alerts, from what on, and in which form; nothing is sent before it is valid. */
export function AlertForm(props: {
  draft: AlertDraft;
  preset: AlertPreset;
  /** How often it was to be sent although something is wrong. */
  attempts: number;
  isPending: boolean;
  onPreset: (preset: AlertPreset) => void;
  onChange: (draft: AlertDraft) => void;
  onSubmit: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, attempts, onChange } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (attempts > 0 && form.current) {
      focusFirstWrong(form.current);
    }
  }, [attempts]);
  const problems = attempts > 0 ? alertProblems(draft) : [];
  const texts = useAlertProblemTexts(problems);
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      aria-label={t('alerts.form')}
      onSubmit={event => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <Select
        size="small"
        label={t('alerts.preset')}
        className={styles.select}
        options={[
          { value: 'objective', label: t('alerts.presetObjective') },
          { value: 'thresholds', label: t('alerts.presetThresholds') },
          { value: 'tracing', label: t('alerts.presetTracing') },
          { value: 'all', label: t('alerts.presetAll') },
        ]}
        selectedKey={props.preset}
        onSelectionChange={key => {
          const preset = key as AlertPreset;
          props.onPreset(preset);
          onChange({ ...draft, parts: draftOf(preset).parts });
        }}
      />
      {ALERT_PARTS.map(part => (
        <AlertPartFields
          key={part}
          part={part}
          draft={draft.parts[part]}
          errorOf={field => texts.ofNumber(part, field)}
          error={part === 'latency' ? texts.of('noPercentile') : undefined}
          onChange={next =>
            onChange({ ...draft, parts: { ...draft.parts, [part]: next } })
          }
        />
      ))}
      <AlertOutputFields
        draft={draft}
        namespaceError={texts.of('namespace')}
        labelsError={texts.of('labels')}
        onChange={patch => onChange({ ...draft, ...patch })}
      />
      {problems.length > 0 && (
        <div role="alert" className={styles.error}>
          {texts.of('nothing') ?? t('alerts.invalid')}
        </div>
      )}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" isPending={props.isPending}>
          {t('alerts.submit')}
        </Button>
      </div>
    </form>
  );
}

import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Button, Switch, TextAreaField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useRef } from 'react';
import { focusFirstWrong } from '../../shared/focus/focusFirstWrong';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { withScope, type OverrideDraft } from '../draft/overrideDraft';
import { EndField } from './EndField';
import { FurtherFields } from './FurtherFields';
import styles from './OverrideForm.module.css';
import { PercentField } from './PercentField';
import { SuggestPercent } from './SuggestPercent';
import { ScopeField } from './ScopeField';
import { TagEditor } from './TagEditor';
import { useFormErrors, type FormErrors } from './useFormErrors';

/** Percentage, tags, end and reason; nothing is sent before it is valid. */
export function OverrideForm(props: {
  entityRef: CompoundEntityRef;
  draft: OverrideDraft;
  item: WorkloadTracing;
  /** The workload as it was when the form was begun. */
  seen: WorkloadTracing;
  ability: SamplingAbility;
  /** How often it was to be previewed although something is wrong. */
  attempts: number;
  isPending: boolean;
  /** True while what it says is being applied. */
  isDisabled: boolean;
  onChange: (draft: OverrideDraft) => void;
  onPreview: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, ability, item, attempts } = props;
  const form = useRef<HTMLFormElement>(null);
  // After each attempt, once its problems are shown.
  useEffect(() => {
    if (attempts > 0 && form.current) {
      focusFirstWrong(form.current);
    }
  }, [attempts]);
  const errors = useFormErrors(draft, ability, attempts > 0);
  const change = (patch: Partial<OverrideDraft>) =>
    props.onChange({ ...draft, ...patch });
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      aria-label={t('form.label', { name: item.workload.name })}
      onSubmit={event => {
        event.preventDefault();
        props.onPreview();
      }}
    >
      <fieldset className={styles.fields} disabled={props.isDisabled}>
        <ScopeField
          scope={draft.scope}
          item={item}
          ability={ability}
          onChange={scope =>
            props.onChange(withScope(props.seen, draft, scope))
          }
        />
        <SamplingPart
          entityRef={props.entityRef}
          draft={draft}
          item={item}
          ability={ability}
          error={errors.textOf('samplingPercent')}
          onChange={change}
        />
        <TagsPart
          draft={draft}
          ability={ability}
          errors={errors}
          onChange={change}
        />
        <FurtherFields
          draft={draft}
          item={item}
          ability={ability}
          onChange={change}
        />
        <fieldset className={styles.part}>
          <legend>{t('form.end')}</legend>
          <EndField
            draft={draft}
            ability={ability}
            error={errors.textOf('end')}
            onChange={change}
          />
        </fieldset>
        <ReasonField
          draft={draft}
          isRequired={ability.reasonRequired}
          error={errors.textOf('reason')}
          onChange={change}
        />
        {errors.isInvalid && (
          <div role="alert" className={styles.error}>
            {t('form.invalid')}
          </div>
        )}
        <div className={styles.actions}>
          <Button type="submit" variant="primary" isPending={props.isPending}>
            {t('form.preview')}
          </Button>
          <span className={styles.note}>{t('form.previewNote')}</span>
        </div>
      </fieldset>
    </form>
  );
}

/** The percentage, and one that is suggested where the rate of one workload decides. */
function SamplingPart(props: {
  entityRef: CompoundEntityRef;
  draft: OverrideDraft;
  item: WorkloadTracing;
  ability: SamplingAbility;
  error?: string;
  onChange: (patch: Partial<OverrideDraft>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, ability, onChange } = props;
  return (
    <fieldset className={styles.part}>
      <legend>{t('form.sampling')}</legend>
      <PercentField
        draft={draft}
        ability={ability}
        error={props.error}
        onChange={onChange}
      />
      {draft.changesSampling && draft.scope === 'workload' && (
        <SuggestPercent
          entityRef={props.entityRef}
          workload={props.item.workload}
          maxPercent={ability.maxPercent}
          onUse={samplingPercent => onChange({ samplingPercent })}
        />
      )}
    </fieldset>
  );
}

/** Whether tags are set, and which. */
function TagsPart(props: {
  draft: OverrideDraft;
  ability: SamplingAbility;
  errors: FormErrors;
  onChange: (patch: Partial<OverrideDraft>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, errors, onChange } = props;
  return (
    <fieldset className={styles.part}>
      <legend>{t('form.tags')}</legend>
      <Switch
        label={t('form.changeTags')}
        isSelected={draft.changesTags}
        onChange={changesTags => onChange({ changesTags })}
      />
      {draft.changesTags && (
        <TagEditor
          tags={draft.tags}
          ability={props.ability}
          error={errors.textOf('tags')}
          errorOf={errors.tagErrorOf}
          onChange={tags => onChange({ tags })}
        />
      )}
    </fieldset>
  );
}

function ReasonField(props: {
  draft: OverrideDraft;
  isRequired: boolean;
  error?: string;
  onChange: (patch: Partial<OverrideDraft>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, error, isRequired } = props;
  return (
    <TextAreaField
      label={t('form.reason')}
      secondaryLabel={isRequired ? t('form.required') : t('form.optional')}
      value={draft.reason}
      maxLength={1000}
      rows={2}
      validationBehavior="aria"
      validate={() => error}
      description={error ? undefined : t('form.reasonNote')}
      onChange={reason => props.onChange({ reason })}
    />
  );
}

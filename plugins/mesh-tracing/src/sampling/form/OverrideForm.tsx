import { Button, Switch, TextAreaField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useRef } from 'react';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { withScope, type OverrideDraft } from '../draft/overrideDraft';
import { tagFieldOf, validateDraft } from '../draft/validateDraft';
import { EndField } from './EndField';
import { focusFirstWrong } from './focusFirstWrong';
import { FurtherFields } from './FurtherFields';
import styles from './OverrideForm.module.css';
import { PercentField } from './PercentField';
import { ScopeField } from './ScopeField';
import { TagEditor } from './TagEditor';
import { useProblemTexts } from './useProblemTexts';

/** Percentage, tags, end and reason; nothing is sent before it is valid. */
export function OverrideForm(props: {
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
  const tried = attempts > 0;
  const form = useRef<HTMLFormElement>(null);
  // After each attempt, once its problems are shown.
  useEffect(() => {
    if (attempts > 0 && form.current) {
      focusFirstWrong(form.current);
    }
  }, [attempts]);
  const problems = validateDraft(draft, ability, Date.now());
  const texts = useProblemTexts(ability);
  const textOf = (field: string) => {
    const problem = problems[field];
    return tried && problem ? texts[problem] : undefined;
  };
  const tagError = (field: string) => {
    const problem = problems[field];
    return tried && problem
      ? { field: tagFieldOf(problem), text: texts[problem] }
      : undefined;
  };
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
        <fieldset className={styles.part}>
          <legend>{t('form.sampling')}</legend>
          <PercentField
            draft={draft}
            ability={ability}
            error={textOf('samplingPercent')}
            onChange={change}
          />
        </fieldset>
        <fieldset className={styles.part}>
          <legend>{t('form.tags')}</legend>
          <Switch
            label={t('form.changeTags')}
            isSelected={draft.changesTags}
            onChange={changesTags => change({ changesTags })}
          />
          {draft.changesTags && (
            <TagEditor
              tags={draft.tags}
              ability={ability}
              error={textOf('tags')}
              errorOf={id => tagError(`tags.${id}`)}
              onChange={tags => change({ tags })}
            />
          )}
        </fieldset>
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
            error={textOf('end')}
            onChange={change}
          />
        </fieldset>
        <TextAreaField
          label={t('form.reason')}
          secondaryLabel={
            ability.reasonRequired ? t('form.required') : t('form.optional')
          }
          value={draft.reason}
          maxLength={1000}
          rows={2}
          validationBehavior="aria"
          validate={() => textOf('reason')}
          description={textOf('reason') ? undefined : t('form.reasonNote')}
          onChange={reason => change({ reason })}
        />
        {tried && Object.keys(problems).length > 0 && (
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

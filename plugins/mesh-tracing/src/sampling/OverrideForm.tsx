import {
  Button,
  NumberField,
  Slider,
  Switch,
  TextAreaField,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { formatPercent } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { EndField } from './EndField';
import { FurtherFields } from './FurtherFields';
import { withScope, type OverrideDraft } from './overrideDraft';
import styles from './OverrideForm.module.css';
import { ScopeField } from './ScopeField';
import { TagEditor } from './TagEditor';
import { useProblemTexts } from './useProblemTexts';
import { validateDraft } from './validateDraft';

/** Percentage, tags, end and reason; nothing is sent before it is valid. */
export function OverrideForm(props: {
  draft: OverrideDraft;
  item: WorkloadTracing;
  ability: SamplingAbility;
  isPending: boolean;
  onChange: (draft: OverrideDraft) => void;
  onPreview: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, ability, item } = props;
  const [tried, setTried] = useState(false);
  const problems = validateDraft(draft, ability, Date.now());
  const texts = useProblemTexts(ability);
  const textOf = (field: string) => {
    const problem = problems[field];
    return tried && problem ? texts[problem] : undefined;
  };
  const change = (patch: Partial<OverrideDraft>) =>
    props.onChange({ ...draft, ...patch });
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={t('form.label', { name: item.workload.name })}
      onSubmit={event => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(problems).length === 0) {
          props.onPreview();
        }
      }}
    >
      <ScopeField
        scope={draft.scope}
        item={item}
        ability={ability}
        onChange={scope => props.onChange(withScope(item, draft, scope))}
      />
      <fieldset className={styles.part}>
        <legend>{t('form.sampling')}</legend>
        <PercentFields
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
            errorOf={id => textOf(`tags.${id}`)}
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
        isInvalid={textOf('reason') !== undefined}
        description={textOf('reason') ?? t('form.reasonNote')}
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
    </form>
  );
}

function PercentFields(props: {
  draft: OverrideDraft;
  ability: SamplingAbility;
  error?: string;
  onChange: (patch: Partial<OverrideDraft>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, ability } = props;
  const percent = Number.isNaN(draft.samplingPercent)
    ? 0
    : draft.samplingPercent;
  return (
    <>
      <Switch
        label={t('form.changeSampling')}
        isSelected={draft.changesSampling}
        onChange={changesSampling => props.onChange({ changesSampling })}
      />
      {draft.changesSampling && (
        <div className={styles.percent}>
          <NumberField
            label={t('form.percent')}
            className={styles.number}
            value={draft.samplingPercent}
            step={0.01}
            formatOptions={{ maximumFractionDigits: 4, useGrouping: false }}
            isInvalid={props.error !== undefined}
            onChange={samplingPercent => props.onChange({ samplingPercent })}
          />
          <div className={styles.slider}>
            <Slider
              aria-label={t('form.percentSlider')}
              minValue={0}
              maxValue={ability.maxPercent}
              step={0.01}
              value={Math.min(percent, ability.maxPercent)}
              onChange={value =>
                props.onChange({ samplingPercent: Number(value) })
              }
            />
            <div aria-hidden className={styles.scale}>
              <span>{formatPercent(0)}</span>
              <span>{formatPercent(ability.maxPercent)}</span>
            </div>
          </div>
        </div>
      )}
      {props.error ? (
        <div className={styles.error}>{props.error}</div>
      ) : (
        draft.changesSampling && (
          <div className={styles.note}>
            {t('form.percentNote', { max: formatPercent(ability.maxPercent) })}
          </div>
        )
      )}
    </>
  );
}

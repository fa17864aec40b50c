import { NumberField, Slider, Switch } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SamplingAbility } from 'backstage-plugin-mesh-tracing-common';
import { useId } from 'react';
import { formatPercent } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { OverrideDraft } from '../draft/overrideDraft';
import styles from './OverrideForm.module.css';

/**
 * One object for all renderings: with another one, the field drops what is being
 * typed.
 */
const FORMAT = { maximumFractionDigits: 4, useGrouping: false };

/** Whether a percentage is set, and which; to type, and to slide. */
export function PercentField(props: {
  draft: OverrideDraft;
  ability: SamplingAbility;
  error?: string;
  onChange: (patch: Partial<OverrideDraft>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, error } = props;
  const errorId = useId();
  const nothing = draft.changesSampling ? undefined : error;
  return (
    <>
      <div data-wrong={nothing !== undefined || undefined}>
        <Switch
          label={t('form.changeSampling')}
          isSelected={draft.changesSampling}
          aria-describedby={nothing && errorId}
          onChange={changesSampling => props.onChange({ changesSampling })}
        />
      </div>
      {draft.changesSampling && <Percentage {...props} />}
      {nothing && (
        <div id={errorId} className={styles.error}>
          {nothing}
        </div>
      )}
    </>
  );
}

function Percentage(props: {
  draft: OverrideDraft;
  ability: SamplingAbility;
  error?: string;
  onChange: (patch: Partial<OverrideDraft>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, ability, error } = props;
  const percent = Number.isNaN(draft.samplingPercent)
    ? 0
    : draft.samplingPercent;
  return (
    <>
      <div className={styles.percent}>
        <NumberField
          label={t('form.percent')}
          className={styles.number}
          value={draft.samplingPercent}
          step={0.01}
          description={
            error
              ? undefined
              : t('form.percentNote', {
                  max: formatPercent(ability.maxPercent),
                })
          }
          formatOptions={FORMAT}
          validationBehavior="aria"
          validate={() => error}
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
    </>
  );
}

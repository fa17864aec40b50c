import { Radio, RadioGroup } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SamplingAbility } from 'backstage-plugin-mesh-tracing-common';
import { DateTimeField } from '../../shared/controls/DateTimeField';
import { formatDateTime, formatSpan } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import {
  DURATIONS,
  endOf,
  type EndChoice,
  type OverrideDraft,
} from '../draft/overrideDraft';
import styles from './OverrideForm.module.css';

/** When the override ends by itself. */
export function EndField(props: {
  draft: OverrideDraft;
  ability: SamplingAbility;
  error?: string;
  onChange: (patch: Partial<OverrideDraft>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, ability } = props;
  const names: Record<EndChoice, string> = {
    '15m': t('form.end15m'),
    '1h': t('form.end1h'),
    '4h': t('form.end4h'),
    custom: t('form.endCustom'),
    permanent: t('form.endPermanent'),
  };
  const choices = (Object.keys(names) as EndChoice[]).filter(choice =>
    choice === 'permanent'
      ? ability.permanentAllowed
      : choice === 'custom' || DURATIONS[choice] <= ability.maxDurationMs,
  );
  const endMs = endOf(draft, Date.now());
  return (
    <>
      <RadioGroup
        aria-label={t('form.end')}
        orientation="horizontal"
        value={draft.end}
        validationBehavior="aria"
        validate={() => (draft.end === 'custom' ? undefined : props.error)}
        onChange={end => props.onChange({ end: end as EndChoice })}
      >
        {choices.map(choice => (
          <Radio key={choice} value={choice}>
            {names[choice]}
          </Radio>
        ))}
      </RadioGroup>
      {draft.end === 'custom' && (
        <DateTimeField
          label={t('form.endAt')}
          valueMs={draft.customEndMs}
          minMs={Date.now()}
          maxMs={Date.now() + ability.maxDurationMs}
          error={props.error}
          onChange={customEndMs => props.onChange({ customEndMs })}
        />
      )}
      <div className={styles.note}>
        {endMs === null || Number.isNaN(endMs)
          ? t('form.endMax', { span: formatSpan(ability.maxDurationMs) })
          : t('form.endNote', {
              at: formatDateTime(endMs),
              span: formatSpan(ability.maxDurationMs),
            })}
      </div>
    </>
  );
}

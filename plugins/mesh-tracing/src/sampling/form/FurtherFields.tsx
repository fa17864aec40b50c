import { Radio, RadioGroup, Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { OverrideDraft } from '../draft/overrideDraft';
import styles from './OverrideForm.module.css';

const INHERITED = 'inherited';

/** Provider, reporting and propagation, each where the site allows it. */
export function FurtherFields(props: {
  draft: OverrideDraft;
  item: WorkloadTracing;
  ability: SamplingAbility;
  onChange: (patch: Partial<OverrideDraft>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, ability, item } = props;
  const { fields } = ability;
  if (!fields || !Object.values(fields).some(Boolean)) {
    return null;
  }
  const providers = ability.providers?.[item.workload.cluster] ?? [];
  return (
    <fieldset className={styles.part}>
      <legend>{t('form.further')}</legend>
      {fields.provider && (
        <Select
          size="small"
          label={t('form.provider')}
          className={styles.provider}
          options={[
            { value: INHERITED, label: t('form.providerInherited') },
            ...providers.map(name => ({ value: name, label: name })),
          ]}
          description={t('form.providerNote')}
          selectedKey={draft.provider || INHERITED}
          onSelectionChange={key =>
            props.onChange({
              provider: key === INHERITED ? '' : String(key),
            })
          }
        />
      )}
      {fields.disableSpanReporting && (
        <OnOrOff
          label={t('form.reporting')}
          description={t('form.disableReportingNote')}
          isDisabled={draft.disableSpanReporting}
          onChange={disableSpanReporting =>
            props.onChange({ disableSpanReporting })
          }
        />
      )}
      {fields.disableContextPropagation && (
        <OnOrOff
          label={t('form.propagation')}
          description={t('form.disablePropagationNote')}
          isDisabled={draft.disableContextPropagation}
          onChange={disableContextPropagation =>
            props.onChange({ disableContextPropagation })
          }
        />
      )}
    </fieldset>
  );
}

/** As inherited, on or off; “on” undoes what a farther level switches off. */
function OnOrOff(props: {
  label: string;
  /** What it does to others. */
  description: string;
  /** Undefined = as inherited. */
  isDisabled: boolean | undefined;
  onChange: (isDisabled: boolean | undefined) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <RadioGroup
      label={props.label}
      description={props.description}
      orientation="horizontal"
      value={
        props.isDisabled === undefined ? INHERITED : String(props.isDisabled)
      }
      onChange={value =>
        props.onChange(value === INHERITED ? undefined : value === 'true')
      }
    >
      <Radio value={INHERITED}>{t('form.inherited')}</Radio>
      <Radio value="false">{t('ladder.on')}</Radio>
      <Radio value="true">{t('ladder.off')}</Radio>
    </RadioGroup>
  );
}

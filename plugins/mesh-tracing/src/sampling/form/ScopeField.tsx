import { Radio, RadioGroup } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  OverrideScope,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { mayReachFurther } from '../draft/mayChange';
import styles from './OverrideForm.module.css';

/** How far a change reaches; nothing where there is no choice. */
export function ScopeField(props: {
  scope: OverrideScope;
  item: WorkloadTracing;
  ability: SamplingAbility;
  onChange: (scope: OverrideScope) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { workload } = props.item;
  const allowed = (props.ability.scopes ?? []).filter(
    ability => ability.allowed,
  );
  if (!mayReachFurther(props.ability)) {
    return null;
  }
  const names: Record<OverrideScope, string> = {
    workload: t('form.scopeWorkload', { name: workload.name }),
    namespace: t('form.scopeNamespace', { name: workload.namespace }),
    mesh: t('form.scopeMesh', { name: workload.cluster }),
  };
  return (
    <fieldset className={styles.part}>
      <legend>{t('form.scope')}</legend>
      <RadioGroup
        aria-label={t('form.scope')}
        orientation="horizontal"
        value={props.scope}
        onChange={scope => props.onChange(scope as OverrideScope)}
      >
        {allowed.map(({ scope }) => (
          <Radio key={scope} value={scope}>
            {names[scope]}
          </Radio>
        ))}
      </RadioGroup>
      {props.scope !== 'workload' && (
        <div className={styles.note}>{t('form.scopeNote')}</div>
      )}
    </fieldset>
  );
}

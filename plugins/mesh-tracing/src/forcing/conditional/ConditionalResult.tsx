import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ConditionalResponse } from 'backstage-plugin-mesh-tracing-common';
import { CodeBlock } from '../../shared/controls/CodeBlock';
import { StateMessage } from '../../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './ConditionalPanel.module.css';

/** What was generated, what it reaches, and what to know before it is applied. */
export function ConditionalResult({ plan }: { plan: ConditionalResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (plan.yaml === undefined) {
    const refusal = plan.refusal ?? 'no-proxy';
    return (
      <StateMessage kind="empty" isAlert title={t('conditional.refused')}>
        {refusal === 'waypoint' || refusal === 'no-label'
          ? t(`conditional.refusals.${refusal}`)
          : t(`traceOne.refusals.${refusal}`)}
      </StateMessage>
    );
  }
  return (
    <div className={styles.parts} role="status">
      <p className={styles.text}>
        {t('conditional.reaches', {
          names: plan.reaches
            .map(({ namespace, name }) => `${namespace}/${name}`)
            .join(', '),
        })}
      </p>
      <div>
        <h3 className={styles.heading}>{t('conditional.risksTitle')}</h3>
        <ul className={styles.risks}>
          {plan.risks.map(risk => (
            <li key={risk}>{t(`conditional.risks.${risk}`)}</li>
          ))}
        </ul>
      </div>
      <CodeBlock text={plan.yaml} copyLabel={t('conditional.copy')} />
    </div>
  );
}

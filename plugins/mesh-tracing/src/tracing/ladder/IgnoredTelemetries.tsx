import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IgnoredTelemetry } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './IgnoredTelemetries.module.css';
import { ResourceLink } from './ResourceLink';

/** Telemetries that one might think apply, and why they don't. */
export function IgnoredTelemetries(props: {
  ignored: IgnoredTelemetry[];
  cluster: string;
  resources: Record<string, string>;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (props.ignored.length === 0) {
    return null;
  }
  return (
    <details className={styles.details}>
      <summary>
        {t('ignored.summary', {
          count: props.ignored.length,
          total: String(props.ignored.length),
        })}
      </summary>
      <ul>
        {props.ignored.map(({ namespace, name, reason, explanation }) => (
          <li key={`${namespace}/${name} ${reason}`}>
            <ResourceLink
              name={`${namespace}/${name}`}
              yaml={props.resources[`${props.cluster}/${namespace}/${name}`]}
            />
            {': '}
            {explanation}
          </li>
        ))}
      </ul>
    </details>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { BindingView } from 'backstage-plugin-mesh-tracing-common';
import { CodeBlock } from '../shared/controls/CodeBlock';
import { PlainList } from '../shared/layout/PlainList';
import { EntityName } from '../shared/names/EntityName';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './BindingNote.module.css';

/**
 * By which claim the entity stands for a workload, on whose behalf it would be
 * changed, and where it does not hold what decides the matter.
 */
export function BindingNote({ binding }: { binding: BindingView }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { change, command, others, state } = binding;
  return (
    <div className={styles.note}>
      <div>{binding.explanation}</div>
      {state !== 'holds' && others.length > 0 && (
        <div>
          <span>{t('binding.others')}</span>
          <PlainList>
            {others.map(({ entityRef }) => (
              <li key={entityRef}>
                <EntityName entityRef={entityRef} name={entityRef} />
              </li>
            ))}
          </PlainList>
        </div>
      )}
      {change.onBehalfOf && (
        <div>
          <strong>
            {t('binding.onBehalfOf', { owners: change.onBehalfOf.join(', ') })}
          </strong>
        </div>
      )}
      {state !== 'holds' && !binding.tracesShown && (
        <div>{t('binding.tracesWithheld')}</div>
      )}
      {command !== undefined && !change.allowed && (
        <>
          <div>
            {t(
              `binding.decide.${state === 'contested' ? 'contested' : 'other'}`,
            )}
          </div>
          <CodeBlock text={command} copyLabel={t('binding.copy')} />
        </>
      )}
    </div>
  );
}

import type { Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatYaml,
  ANNOTATION_WORKLOADS,
  formatWorkloadRef,
  type WorkloadsResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { ClusterBanners, CodeBlock, Loaded, Panel, type Load } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './MissingAnnotation.module.css';

/** What an entity without annotations shows: which one to add, ready to copy. */
export function MissingAnnotation(props: {
  entity: Entity;
  workloads: Load<WorkloadsResponse>;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <>
      <ClusterBanners clusters={props.workloads.value?.clusters ?? []} />
      <Panel title={t('missing.title')} note={t('missing.note')}>
        <Loaded load={props.workloads} lines={5}>
          {({ suggestions }) => (
            <div className={styles.suggestions}>
              {suggestions.length === 0 && (
                <>
                  <p>{t('missing.noSuggestion')}</p>
                  <CodeBlock
                    text={example(
                      ANNOTATION_WORKLOADS,
                      `my-namespace/Deployment/${props.entity.metadata.name}`,
                    )}
                    copyLabel={t('missing.copy')}
                  />
                </>
              )}
              {suggestions.map(suggestion => (
                <div key={`${suggestion.annotation}=${suggestion.value}`}>
                  <CodeBlock
                    text={example(suggestion.annotation, suggestion.value)}
                    copyLabel={t('missing.copy')}
                  />
                  <div className={styles.matches}>
                    {t('missing.wouldMatch')}
                    <ul>
                      {suggestion.workloads.map(workload => (
                        <li key={formatWorkloadRef(workload)}>
                          <code>{formatWorkloadRef(workload)}</code>
                        </li>
                      ))}
                    </ul>
                  </div>
                </div>
              ))}
              <p>{t('missing.then')}</p>
            </div>
          )}
        </Loaded>
      </Panel>
    </>
  );
}

function example(annotation: string, value: string): string {
  return formatYaml({ metadata: { annotations: { [annotation]: value } } });
}

import type { Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatYaml,
  ANNOTATION_WORKLOADS,
  formatWorkloadRef,
  type WorkloadsResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { CodeBlock } from '../shared/controls/CodeBlock';
import { Panel } from '../shared/layout/Panel';
import { ClusterBanners } from '../shared/notes/ClusterBanners';
import { Loaded } from '../shared/states/Loaded';
import type { Load } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
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

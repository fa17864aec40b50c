import { Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ClusterYamlCheck,
  YamlCheckResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useRef, useState } from 'react';
import { StateMessage } from '../../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { DocumentItem } from './DocumentItem';
import { OutcomeTable } from './OutcomeTable';
import styles from './YamlResult.module.css';

/** The answer for a text, of one cluster at a time. */
export function YamlResult(props: {
  response: YamlCheckResponse;
  /** The text was changed since. */
  isOutdated: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { response, isOutdated } = props;
  const { clusters, documentsLeftOut } = response;
  const [chosen, setChosen] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [response]);
  const shown =
    clusters.find(({ cluster }) => cluster === chosen) ?? clusters[0];
  return (
    <section className={styles.result} aria-label={t('yamlCheck.result')}>
      <h3 ref={heading} tabIndex={-1} className={styles.heading}>
        {t('yamlCheck.result')}
        {shown &&
          `: ${t('yamlCheck.summary', { count: shown.documents.length })}`}
      </h3>
      {isOutdated && (
        <div role="status" className={styles.note}>
          {t('yamlCheck.outdated')}
        </div>
      )}
      {clusters.length > 1 && (
        <Select
          size="small"
          label={t('yamlCheck.cluster')}
          className={styles.cluster}
          options={clusters.map(({ cluster = '' }) => ({
            value: cluster,
            label: cluster,
          }))}
          selectedKey={shown?.cluster ?? ''}
          onSelectionChange={key => setChosen(String(key))}
        />
      )}
      {shown && <ClusterAnswer answer={shown} />}
      {documentsLeftOut > 0 && (
        <div className={styles.note}>
          {t('yamlCheck.leftOut', { count: documentsLeftOut })}
        </div>
      )}
    </section>
  );
}

function ClusterAnswer({ answer }: { answer: ClusterYamlCheck }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { documents, outcomes, workloadsLeftOut } = answer;
  if (documents.length === 0) {
    return (
      <StateMessage
        kind="empty"
        title={t('yamlCheck.none')}
        whatToDo={t('yamlCheck.noneWhatToDo')}
      />
    );
  }
  return (
    <>
      {answer.cluster === undefined && (
        <div className={styles.note}>{t('yamlCheck.noCluster')}</div>
      )}
      <ol className={styles.documents} aria-label={t('yamlCheck.documents')}>
        {documents.map(document => (
          <DocumentItem key={document.number} document={document} />
        ))}
      </ol>
      {outcomes.length > 0 && (
        <OutcomeTable
          title={t('yamlCheck.overall')}
          outcomes={outcomes}
          nothing={t('yamlCheck.overallNothing')}
        />
      )}
      {workloadsLeftOut > 0 && (
        <div className={styles.note}>
          {t('yamlCheck.workloadsLeftOut', { count: workloadsLeftOut })}
        </div>
      )}
    </>
  );
}

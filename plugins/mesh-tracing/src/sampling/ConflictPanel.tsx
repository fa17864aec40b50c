import { Alert, Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ConflictDetails } from 'backstage-plugin-mesh-tracing-common';
import { describeError } from '../api';
import { meshTracingTranslationRef } from '../translation';
import styles from './PreviewPanel.module.css';
import { YamlDiff } from '../shared/YamlDiff';

/** Someone was faster: what changed in between; the form keeps its input. */
export function ConflictPanel(props: {
  error: unknown;
  conflict: ConflictDetails;
  onAgain: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { baseYaml, currentYaml, changedBy } = props.conflict;
  return (
    <section className={styles.preview} aria-label={t('conflict.title')}>
      <Alert
        role="alert"
        status="warning"
        icon
        title={t('conflict.title')}
        description={[
          describeError(props.error).message,
          changedBy && t('conflict.by', { name: changedBy }),
          t('conflict.kept'),
        ]
          .filter(Boolean)
          .join(' ')}
        customActions={
          <Button size="small" variant="secondary" onPress={props.onAgain}>
            {t('conflict.again')}
          </Button>
        }
      />
      {(baseYaml !== undefined || currentYaml !== undefined) && (
        <div className={styles.part}>
          <h4>
            {currentYaml === undefined
              ? t('conflict.gone')
              : t('conflict.changed')}
          </h4>
          <YamlDiff before={baseYaml ?? ''} after={currentYaml ?? ''} />
        </div>
      )}
    </section>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Handover } from 'backstage-plugin-mesh-tracing-common';
import { CopyButton } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './PreviewPanel.module.css';

/** What to do by hand where the change belongs into an object of others. */
export function PreviewHandover({ handover }: { handover: Handover }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const name = `${handover.namespace}/${handover.name}`;
  return (
    <div className={styles.part}>
      <h4>{t('preview.handover', { name })}</h4>
      <p className={styles.note}>{t('preview.handoverNote')}</p>
      <CopyButton
        text={handover.yaml}
        label={t('preview.handoverYaml', { name })}
      />
      <CopyButton
        text={handover.command}
        label={t('preview.handoverCommand')}
      />
    </div>
  );
}

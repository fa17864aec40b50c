import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Handover } from 'backstage-plugin-mesh-tracing-common';
import { CodeBlock } from '../../shared/controls/CodeBlock';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { PreviewPart } from '../parts/PreviewPart';
import styles from './PreviewHandover.module.css';

/** What to do by hand where the change belongs into an object of others. */
export function PreviewHandover({ handover }: { handover: Handover }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const name = `${handover.namespace}/${handover.name}`;
  const title = t('preview.handover', { name });
  return (
    <PreviewPart title={title} isRegion>
      <p className={styles.note}>{t('preview.handoverNote')}</p>
      <CodeBlock
        text={handover.command}
        copyLabel={t('preview.handoverCommand')}
      />
      <p className={styles.note}>{t('preview.handoverWhole')}</p>
      <CodeBlock
        text={handover.yaml}
        copyLabel={t('preview.handoverYaml', { name })}
      />
    </PreviewPart>
  );
}

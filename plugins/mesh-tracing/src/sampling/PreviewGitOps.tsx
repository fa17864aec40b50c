import { ButtonLink } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { GitOpsHandover } from 'backstage-plugin-mesh-tracing-common';
import { CodeBlock } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './PreviewPanel.module.css';

const TOOLS = { argocd: 'Argo CD', flux: 'Flux', helm: 'Helm' };

/** What to take to the repository that holds the object or the namespace. */
export function PreviewGitOps({ gitOps }: { gitOps: GitOpsHandover }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { tool, name } = gitOps;
  const title = tool
    ? t('preview.gitOps', {
        tool: [TOOLS[tool], name].filter(Boolean).join(' '),
      })
    : t('preview.gitOpsNamespace');
  return (
    <section className={styles.part} aria-label={title}>
      <h4>{title}</h4>
      <p className={styles.note}>{t('preview.gitOpsNote')}</p>
      <CodeBlock text={gitOps.yaml} copyLabel={t('preview.gitOpsCopy')} />
      {gitOps.scaffolderUrl !== undefined && (
        <ButtonLink variant="secondary" href={gitOps.scaffolderUrl}>
          {t('preview.gitOpsPullRequest')}
        </ButtonLink>
      )}
    </section>
  );
}

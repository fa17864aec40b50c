import { ButtonLink } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { GitOpsHandover } from 'backstage-plugin-mesh-tracing-common';
import { CodeBlock } from '../../shared/controls/CodeBlock';
import { CopyButton } from '../../shared/controls/CopyButton';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { PreviewPart } from '../parts/PreviewPart';
import { applyCommand } from './applyCommand';
import styles from './PreviewHandover.module.css';
import { TOOL_NAMES } from './toolNames';

/** What to take to the repository that holds the object or the namespace. */
export function PreviewGitOps({ gitOps }: { gitOps: GitOpsHandover }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { tool, name } = gitOps;
  const title = tool
    ? t('preview.gitOps', {
        tool: [TOOL_NAMES[tool], name].filter(Boolean).join(' '),
      })
    : t('preview.gitOpsNamespace');
  const sources = {
    object: t('preview.gitOpsByObject'),
    annotation: t('preview.gitOpsByAnnotation'),
    configuration: t('preview.gitOpsByConfiguration'),
  };
  return (
    <PreviewPart title={title} isRegion>
      <p className={styles.note}>
        {sources[gitOps.source]} {t('preview.gitOpsNote')}
      </p>
      <CodeBlock text={gitOps.yaml} copyLabel={t('preview.gitOpsCopy')}>
        <CopyButton
          text={applyCommand(gitOps.yaml)}
          label={t('preview.gitOpsCommand')}
        />
      </CodeBlock>
      {gitOps.scaffolderUrl !== undefined && (
        <ButtonLink variant="secondary" href={gitOps.scaffolderUrl}>
          {t('preview.gitOpsPullRequest')}
        </ButtonLink>
      )}
    </PreviewPart>
  );
}

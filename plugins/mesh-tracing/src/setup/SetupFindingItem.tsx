import { ButtonLink, Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  SetupFinding,
  SetupMend,
} from 'backstage-plugin-mesh-tracing-common';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { CodeBlock } from '../shared/controls/CodeBlock';
import { Foldable } from '../shared/layout/Foldable';
import { SeverityIcon } from '../shared/notes/SeverityIcon';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './SetupFindings.module.css';
import { useEvidenceTexts } from './useEvidenceTexts';

/** One finding: what is the case, the evidence, and how to mend it. */
export function SetupFindingItem({ finding }: { finding: SetupFinding }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { resources = [], cluster, evidence, mends } = finding;
  const names = {
    error: t('findings.error'),
    warning: t('findings.warning'),
    info: t('findings.info'),
  };
  const textsOf = useEvidenceTexts();
  return (
    <li className={styles.finding}>
      <SeverityIcon severity={finding.severity} size={18} />
      <div className={styles.body}>
        <div>
          <span className={styles.severity}>{names[finding.severity]}</span>
          {': '}
          {finding.what}
        </div>
        <div className={styles.quiet}>{finding.whatToDo}</div>
        {cluster !== undefined && resources.length > 0 && (
          <div className={styles.quiet}>
            {t('setup.where', { cluster, resources: resources.join(', ') })}
          </div>
        )}
        <dl className={styles.evidence} aria-label={t('setup.evidence')}>
          {evidence.map((each, index) => {
            const { label, value } = textsOf(each);
            return (
              <div key={index} className={styles.fact}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            );
          })}
        </dl>
        {mends.map(mend => (
          <Mend key={`${mend.kind} ${mend.title}`} mend={mend} />
        ))}
      </div>
    </li>
  );
}

function Mend({ mend }: { mend: SetupMend }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  switch (mend.kind) {
    case 'action':
      return (
        <div>
          <ButtonLink
            size="small"
            variant="secondary"
            href={href({
              view: mend.view,
              change: mend.view === 'sampling' ? 'true' : undefined,
            })}
          >
            {mend.title}
          </ButtonLink>
        </div>
      );
    case 'link':
      return (
        <div>
          <Link href={mend.href} target="_blank">
            {mend.title}
          </Link>
        </div>
      );
    default:
      return (
        <Foldable title={mend.title}>
          <CodeBlock
            text={mend.text}
            copyLabel={t('setup.copy', { title: mend.title })}
          />
        </Foldable>
      );
  }
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  CheckedDocument,
  YamlFinding,
} from 'backstage-plugin-mesh-tracing-common';
import { PlainList } from '../../shared/layout/PlainList';
import { SeverityIcon } from '../../shared/notes/SeverityIcon';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { OutcomeTable } from './OutcomeTable';
import { Verdict } from './Verdict';
import styles from './YamlResult.module.css';

/** The answer for one document: what it is, what becomes of it, and why. */
export function DocumentItem({ document }: { document: CheckedDocument }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { kind } = document;
  const [first, last] = [`${document.firstLine}`, `${document.lastLine}`];
  const name = [document.namespace, document.name].filter(Boolean).join('/');
  return (
    <li className={styles.document}>
      <div className={styles.head}>
        <Verdict verdict={document.verdict} />
        <span className={styles.name}>
          {document.resourceKind ?? t(`yamlCheck.kinds.${kind}`)} {name}
        </span>
        <span className={styles.note}>
          {first === last
            ? t('yamlCheck.oneLine', { first })
            : t('yamlCheck.lines', { first, last })}
        </span>
      </div>
      <Placement placement={document.placement} />
      <Findings findings={document.findings} />
      {document.outcomes.length > 0 && (
        <OutcomeTable
          title={t('yamlCheck.effect')}
          outcomes={document.outcomes}
        />
      )}
    </li>
  );
}

function Placement({ placement }: Pick<CheckedDocument, 'placement'>) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (!placement) return null;
  const { reaches: count, level, instead } = placement;
  return (
    <>
      {count > 0 && level && (
        <div>
          {t('yamlCheck.reaches', {
            count,
            level: t(`yamlCheck.levels.${level}`),
          })}
        </div>
      )}
      {instead && <div>{t('yamlCheck.instead', { instead })}</div>}
    </>
  );
}

function Findings({ findings }: { findings: YamlFinding[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (findings.length === 0) return null;
  return (
    <PlainList>
      {findings.map(({ severity, code, what, whatToDo, line }, index) => (
        <li key={`${code}-${index}`} className={styles.finding}>
          <SeverityIcon severity={severity} size={18} />
          <div>
            <div>
              <span className={styles.severity}>
                {t(`findings.${severity}`)}
              </span>
              {': '}
              {line !== undefined &&
                `${t('yamlCheck.atLine', { line: `${line}` })} `}
              {what} <code className={styles.code}>{code}</code>
            </div>
            <div className={styles.note}>{whatToDo}</div>
          </div>
        </li>
      ))}
    </PlainList>
  );
}

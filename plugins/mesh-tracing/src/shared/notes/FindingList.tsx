import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Finding } from 'backstage-plugin-mesh-tracing-common';
import { PlainList } from '../layout/PlainList';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import styles from './FindingList.module.css';
import { SeverityIcon } from './SeverityIcon';

const ORDER = { error: 0, warning: 1, info: 2 };

/** Findings, the most urgent first, each with what to do. */
export function FindingList({ findings }: { findings: Finding[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const names = {
    error: t('findings.error'),
    warning: t('findings.warning'),
    info: t('findings.info'),
  };
  const sorted = [...findings].sort(
    (a, b) => ORDER[a.severity] - ORDER[b.severity],
  );
  return (
    <PlainList>
      {sorted.map((finding, index) => (
        <li key={`${finding.code}-${index}`} className={styles.finding}>
          <SeverityIcon severity={finding.severity} size={18} />
          <div>
            <div>
              <span className={styles.severity}>{names[finding.severity]}</span>
              {': '}
              {finding.what}
            </div>
            <div className={styles.whatToDo}>
              {finding.whatToDo}
              {finding.link && (
                <>
                  {' '}
                  <Link href={finding.link} target="_blank">
                    {t('findings.more')}
                  </Link>
                </>
              )}
            </div>
          </div>
        </li>
      ))}
    </PlainList>
  );
}

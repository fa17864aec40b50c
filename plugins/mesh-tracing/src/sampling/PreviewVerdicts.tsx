import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiCheckLine, RiCloseLine } from '@remixicon/react';
import type { PolicyVerdictView } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../translation';
import styles from './PreviewPanel.module.css';

/** The rules of the site, one by one; refusals first. */
export function PreviewVerdicts(props: { verdicts: PolicyVerdictView[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const sorted = [...props.verdicts].sort(
    (a, b) => Number(a.allowed) - Number(b.allowed),
  );
  if (sorted.length === 0) {
    return null;
  }
  return (
    <div className={styles.part}>
      <h4>{t('preview.verdicts')}</h4>
      <ul className={styles.verdicts}>
        {sorted.map(verdict => (
          <li key={`${verdict.rule} ${verdict.message}`}>
            {verdict.allowed ? (
              <RiCheckLine aria-hidden size={18} className={styles.ok} />
            ) : (
              <RiCloseLine aria-hidden size={18} className={styles.bad} />
            )}
            <span>
              <strong>
                {verdict.allowed ? t('preview.allowed') : t('preview.denied')}
              </strong>
              {': '}
              {verdict.message}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiCheckLine, RiCloseLine } from '@remixicon/react';
import type { PolicyVerdictView } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
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
  const denied = sorted.some(verdict => !verdict.allowed);
  return (
    <details className={styles.rules} open={denied || undefined}>
      <summary className={styles.summary}>
        {denied
          ? t('preview.verdictsDenied')
          : t('preview.verdictsAllowed', {
              count: sorted.length,
              total: String(sorted.length),
            })}
      </summary>
      <ul className={styles.verdicts}>
        {sorted.map(verdict => (
          <li key={`${verdict.rule} ${verdict.field} ${verdict.message}`}>
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
              {verdict.count !== undefined &&
                ` ${t('preview.times', { total: String(verdict.count) })}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DiagnosisRung } from 'backstage-plugin-mesh-tracing-common';
import type { ReactNode } from 'react';
import { formatDateTime } from '../shared/figures/format';
import { formatAgo } from '../shared/figures/formatAgo';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './Rung.module.css';
import { RungMend } from './RungMend';

/** What to do about a rung, what was looked at, and where more stands. */
export function RungDetails({ rung }: { rung: DiagnosisRung }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { evidence, mends, needs, envoyFilters } = rung;
  const [page = '', heading = ''] = rung.docs.split('#');
  const nowMs = Date.now();
  return (
    <div className={styles.body}>
      {mends.length > 0 && (
        <Part title={t('diagnosis.mends')}>
          {mends.map((mend, index) => (
            <li key={index}>
              <RungMend mend={mend} />
            </li>
          ))}
        </Part>
      )}
      {needs !== undefined && (
        <Part title={t('diagnosis.needs')}>
          <li>{needs}</li>
        </Part>
      )}
      {envoyFilters && envoyFilters.length > 0 && (
        <Part title={t('diagnosis.envoyFilters')}>
          {envoyFilters.map(name => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
        </Part>
      )}
      {evidence.length > 0 && (
        <Part title={t('diagnosis.evidence')}>
          {evidence.map(({ source, seen, atMs }, index) => (
            <li key={index}>
              <span className={styles.source}>{source}</span>: {seen}{' '}
              <time
                className={styles.quiet}
                dateTime={new Date(atMs).toISOString()}
                title={formatDateTime(atMs)}
              >
                {formatAgo(atMs, nowMs)}
              </time>
            </li>
          ))}
        </Part>
      )}
      <div className={styles.quiet}>
        {t('diagnosis.more', { page: `${page}.md#${heading}` })}
      </div>
    </div>
  );
}

function Part(props: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3>{props.title}</h3>
      <ul className={styles.items}>{props.children}</ul>
    </div>
  );
}

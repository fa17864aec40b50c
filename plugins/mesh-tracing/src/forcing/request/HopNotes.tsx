import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ForcingHop } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './Recipe.module.css';

/** Why these headers, and what to know of them. */
export function HopNotes({ hop }: { hop: ForcingHop }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <ul className={styles.notes}>
      {hop.headers && <li>{t(`traceOne.headers.${hop.headers}`)}</li>}
      {hop.notes.map(note => (
        <li key={note}>{t(`traceOne.notes.${note}`)}</li>
      ))}
    </ul>
  );
}

import type { ReactNode } from 'react';
import styles from './parts.module.css';

/** The parts of a preview, or of a conflict, as a region of its own. */
export function PartBox(props: { label: string; children: ReactNode }) {
  return (
    <section className={styles.box} aria-label={props.label}>
      {props.children}
    </section>
  );
}

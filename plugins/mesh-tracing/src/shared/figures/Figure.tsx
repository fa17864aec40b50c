import type { ReactNode } from 'react';
import styles from './Figure.module.css';

/** A headline number with what it is of. */
export function Figure(props: {
  label: string;
  value: ReactNode;
  /** Beside the value, smaller. */
  unit?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={styles.figure} role="group" aria-label={props.label}>
      <div className={styles.label}>{props.label}</div>
      <div className={styles.value}>
        {props.value}
        {props.unit && <span className={styles.unit}>{props.unit}</span>}
      </div>
      {props.children && <div className={styles.note}>{props.children}</div>}
    </div>
  );
}

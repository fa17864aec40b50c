import type { ReactNode } from 'react';
import styles from './PanelStack.module.css';

/** The panels of a view, one below the other. */
export function PanelStack({ children }: { children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>;
}

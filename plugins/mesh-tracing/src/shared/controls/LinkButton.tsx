import type { ReactNode } from 'react';
import styles from './LinkButton.module.css';

/** Reads like a link within a sentence, but stays on the page. */
export function LinkButton(props: {
  /** Where the text alone doesn't say what happens. */
  label?: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={styles.link}
      aria-label={props.label}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

import { useState, type ReactNode } from 'react';
import styles from './Foldable.module.css';

/** A part that is there on demand, and made only then. */
export function Foldable(props: { title: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={styles.foldable}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary>{props.title}</summary>
      {isOpen && props.children}
    </details>
  );
}

import { Box } from '@backstage/ui';
import { useId, type ReactNode, type Ref } from 'react';
import styles from './Panel.module.css';

/** A titled part of a view. It loads and fails by itself. */
export function Panel(props: {
  title: string;
  /** One line below the title: what the numbers are of. */
  note?: ReactNode;
  actions?: ReactNode;
  /** Lets tables reach the edges. */
  flush?: boolean;
  /** True while newer data is on its way. */
  busy?: boolean;
  className?: string;
  /** Lets the heading take the focus. */
  headingRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Box
      as="section"
      bg="neutral"
      className={[styles.panel, props.className].filter(Boolean).join(' ')}
      aria-labelledby={id}
      aria-busy={props.busy || undefined}
    >
      <header className={styles.header}>
        <div className={styles.titles}>
          <h2
            id={id}
            ref={props.headingRef}
            tabIndex={props.headingRef ? -1 : undefined}
            className={styles.title}
          >
            {props.title}
          </h2>
          {props.note && <div className={styles.note}>{props.note}</div>}
        </div>
        {props.actions && <div className={styles.actions}>{props.actions}</div>}
      </header>
      <div className={props.flush ? styles.flush : styles.body}>
        {props.children}
      </div>
    </Box>
  );
}

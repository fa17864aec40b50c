import {
  RiErrorWarningLine,
  RiInbox2Line,
  RiLock2Line,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import styles from './StateMessage.module.css';

const ICONS = {
  empty: RiInbox2Line,
  error: RiErrorWarningLine,
  forbidden: RiLock2Line,
};

/** What a part shows instead of data: what is the case, and what to do. */
export function StateMessage(props: {
  kind: keyof typeof ICONS;
  title: string;
  /** What happened, in one or two sentences. */
  children?: ReactNode;
  whatToDo?: ReactNode;
  action?: ReactNode;
  /** Announced at once; errors always are. */
  isAlert?: boolean;
}) {
  const Icon = ICONS[props.kind];
  return (
    <div
      className={styles.state}
      data-kind={props.kind}
      role={props.kind === 'error' || props.isAlert ? 'alert' : undefined}
    >
      <Icon className={styles.icon} aria-hidden size={22} />
      <div className={styles.text}>
        <div className={styles.title}>{props.title}</div>
        {props.children && <div className={styles.what}>{props.children}</div>}
        {props.whatToDo && (
          <div className={styles.whatToDo}>{props.whatToDo}</div>
        )}
        {props.action && <div className={styles.action}>{props.action}</div>}
      </div>
    </div>
  );
}

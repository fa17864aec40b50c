import type { ReactNode } from 'react';
import styles from './PlainList.module.css';

/** Items one below the other, without marks. */
export function PlainList(props: {
  /** The order says something. */
  ordered?: boolean;
  children: ReactNode;
}) {
  const Tag = props.ordered ? 'ol' : 'ul';
  return <Tag className={styles.list}>{props.children}</Tag>;
}

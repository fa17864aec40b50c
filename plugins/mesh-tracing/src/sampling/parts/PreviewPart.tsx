import type { ReactNode } from 'react';
import styles from './parts.module.css';

/** One titled part of a preview, or of a conflict. */
export function PreviewPart(props: {
  title: string;
  /** A region of its own, to be jumped to. */
  isRegion?: boolean;
  children: ReactNode;
}) {
  const Tag = props.isRegion ? 'section' : 'div';
  return (
    <Tag
      className={styles.part}
      aria-label={props.isRegion ? props.title : undefined}
    >
      <h4>{props.title}</h4>
      {props.children}
    </Tag>
  );
}

import type { ReactNode } from 'react';
import styles from './CodeBlock.module.css';
import { CopyButton } from './CopyButton';

/** Text to read and copy: YAML, an annotation. */
export function CodeBlock(props: {
  text: string;
  copyLabel: string;
  /** Further buttons, beside the one that copies. */
  children?: ReactNode;
}) {
  return (
    <div className={styles.block}>
      <pre className={styles.code}>{props.text}</pre>
      <div className={styles.copy}>
        <CopyButton text={props.text} label={props.copyLabel} />
        {props.children}
      </div>
    </div>
  );
}

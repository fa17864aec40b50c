import { CopyButton } from './CopyButton';
import styles from './CodeBlock.module.css';

/** Text to read and copy: YAML, an annotation. */
export function CodeBlock(props: { text: string; copyLabel: string }) {
  return (
    <div className={styles.block}>
      <pre className={styles.code}>{props.text}</pre>
      <div className={styles.copy}>
        <CopyButton text={props.text} label={props.copyLabel} />
      </div>
    </div>
  );
}

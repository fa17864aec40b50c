import { serviceColourStyle } from './serviceColour';
import styles from './ServiceLabel.module.css';

/** Name of a service beside its colour. */
export function ServiceLabel(props: { name: string; note?: string }) {
  return (
    <span className={styles.label} title={props.name}>
      <span
        aria-hidden
        className={styles.swatch}
        style={serviceColourStyle(props.name)}
      />
      <span className={styles.name}>{props.name}</span>
      {props.note && <span className={styles.note}>{props.note}</span>}
    </span>
  );
}

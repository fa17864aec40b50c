import { useId } from 'react';
import styles from './DateTimeField.module.css';

/** Date and time of day in the reader's zone. */
export function DateTimeField(props: {
  label: string;
  valueMs?: number;
  minMs?: number;
  maxMs?: number;
  error?: string;
  onChange: (valueMs: number | undefined) => void;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        type="datetime-local"
        className={styles.input}
        value={props.valueMs === undefined ? '' : localText(props.valueMs)}
        min={props.minMs && localText(props.minMs)}
        max={props.maxMs && localText(props.maxMs)}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={props.error ? `${id}-error` : undefined}
        onChange={event => {
          const valueMs = new Date(event.target.value).getTime();
          props.onChange(Number.isNaN(valueMs) ? undefined : valueMs);
        }}
      />
      {props.error && (
        <div id={`${id}-error`} className={styles.error}>
          {props.error}
        </div>
      )}
    </div>
  );
}

/** `YYYY-MM-DDTHH:MM` in local time, as the input wants it. */
function localText(epochMs: number): string {
  const offsetMs = new Date(epochMs).getTimezoneOffset() * 60_000;
  return new Date(epochMs - offsetMs).toISOString().slice(0, 16);
}

import type { ReactNode } from 'react';
import styles from './parts.module.css';

/** Versions of the same side by side: before and after, mine and theirs. */
export function ChangeTable(props: {
  /** Names of the columns. */
  columns: string[];
  /** Rows, each headed by what it is of. */
  children: ReactNode;
}) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {props.columns.map(column => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}

/** One version in a row; the one that is wanted stands out. */
export function VersionCell(props: {
  isWanted?: boolean;
  children: ReactNode;
}) {
  return (
    <td className={props.isWanted ? styles.wanted : undefined}>
      {props.children}
    </td>
  );
}

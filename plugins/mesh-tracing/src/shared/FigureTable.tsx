import type { ReactNode } from 'react';
import styles from './FigureTable.module.css';

/** A column of figures, unless it holds text. */
interface FigureColumn {
  name: string;
  isText?: boolean;
  /** The rows are sorted by it, the largest first. */
  isSorted?: boolean;
  /** Sorts the rows by it. */
  onSort?: () => void;
}

/** Rows of figures; the first column names the row. */
export function FigureTable(props: {
  label?: string;
  columns: FigureColumn[];
  children: ReactNode;
}) {
  return (
    <table className={styles.table} aria-label={props.label}>
      <thead>
        <tr>
          {props.columns.map(column => (
            <th
              key={column.name}
              scope="col"
              className={column.isText ? undefined : styles.figure}
              aria-sort={column.isSorted ? 'descending' : undefined}
            >
              {column.onSort ? (
                <button
                  type="button"
                  className={styles.sort}
                  onClick={column.onSort}
                >
                  {column.name}
                  {column.isSorted && <span aria-hidden> ↓</span>}
                </button>
              ) : (
                column.name
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}

/** A figure below its column's name. */
export function FigureCell({ children }: { children: ReactNode }) {
  return <td className={styles.figure}>{children}</td>;
}

/** What a figure or a name needs beside it. */
export function FigureNote({ children }: { children: ReactNode }) {
  return <div className={styles.note}>{children}</div>;
}

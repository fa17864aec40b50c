import type { CSSProperties, ReactNode } from 'react';
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

/** The name of each column, for the style sheet to repeat beside each figure. */
function columnNames(columns: FigureColumn[]): CSSProperties {
  return Object.fromEntries(
    columns.map(({ name }, index) => [
      `--column-${index + 1}`,
      JSON.stringify(name),
    ]),
  );
}

/**
 * Rows of figures; the first column names the row. Where it is narrow, each row
 * becomes a block of named figures.
 */
export function FigureTable(props: {
  label?: string;
  columns: FigureColumn[];
  children: ReactNode;
}) {
  return (
    <div className={styles.container}>
      <table
        className={styles.table}
        aria-label={props.label}
        style={columnNames(props.columns)}
      >
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
    </div>
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

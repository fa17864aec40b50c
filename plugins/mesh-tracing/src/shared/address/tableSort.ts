/** By which column a table is sorted. */
export interface TableSort {
  column: string;
  direction: 'ascending' | 'descending';
}

/** Reads `column:direction` of the address; anything else is the usual order. */
export function tableSortOf(
  text: string | null,
  columns: readonly string[],
  usual: TableSort,
): TableSort {
  const [column = '', direction, ...rest] = (text ?? '').split(':');
  return columns.includes(column) &&
    (direction === 'ascending' || direction === 'descending') &&
    rest.length === 0
    ? { column, direction }
    : usual;
}

/** How the address says an order. */
export function tableSortText({ column, direction }: TableSort): string {
  return `${column}:${direction}`;
}

/**
 * Rows by a key, in a new array.
 *
 * @param tie - the order of rows with the same key, whatever the direction
 */
export function sortedRows<Row>(
  rows: readonly Row[],
  direction: TableSort['direction'],
  key: (row: Row) => number | string,
  tie: (a: Row, b: Row) => number,
): Row[] {
  const sign = direction === 'descending' ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === y) {
      return tie(a, b);
    }
    return x < y ? -sign : sign;
  });
}

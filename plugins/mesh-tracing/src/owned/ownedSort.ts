const COLUMNS = ['name', 'sampling', 'override', 'findings', 'owner'];

/** Reads `column:direction` of the address; anything else is by name. */
export function ownedSortOf(text: string | null): {
  column: string;
  direction: 'ascending' | 'descending';
} {
  const [column = '', direction, ...rest] = (text ?? '').split(':');
  return COLUMNS.includes(column) &&
    (direction === 'ascending' || direction === 'descending') &&
    rest.length === 0
    ? { column, direction }
    : { column: 'name', direction: 'ascending' };
}

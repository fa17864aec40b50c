import { tableSortOf, type TableSort } from '../shared/address/tableSort';

const COLUMNS = ['name', 'sampling', 'override', 'findings', 'owner'];
const USUAL: TableSort = { column: 'name', direction: 'ascending' };

/** The order that the address asks for; by name unless it says another. */
export function ownedSortOf(text: string | null): TableSort {
  return tableSortOf(text, COLUMNS, USUAL);
}

import { useTable } from '@backstage/ui';
import { tableSortText, type TableSort } from './tableSort';
import { useTracingUrl } from './useTracingUrl';

/** Properties of a table with all its rows, whose order the address keeps. */
export function useSortedTable<Row extends { id: string }>(options: {
  rows: Row[];
  sort: TableSort;
  sortRows: (rows: Row[], sort: TableSort) => Row[];
}) {
  const { rows, sort, sortRows } = options;
  const { update } = useTracingUrl();
  const { tableProps } = useTable<Row>({
    mode: 'complete',
    data: rows,
    sort,
    onSortChange: next =>
      update({ sort: tableSortText(orderOf(next)) }, { replace: true }),
    sortFn: (data, next) => sortRows(data, orderOf(next)),
    paginationOptions: { type: 'none' },
  });
  return tableProps;
}

/** The library's order, whose columns may have any key. */
function orderOf(sort: {
  column: string | number;
  direction: TableSort['direction'];
}): TableSort {
  return { column: String(sort.column), direction: sort.direction };
}

import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import {
  sortedRows,
  tableSortOf,
  type TableSort,
} from '../../shared/address/tableSort';

/** A trace as a row of the table. */
export interface TraceRow extends TraceSummary {
  id: string;
}

const KEYS: Record<string, (row: TraceRow) => number | string> = {
  start: row => row.startTimeMs,
  operation: row => row.rootOperation ?? '',
  duration: row => row.durationUs,
  spans: row => row.spanCount,
  errors: row => row.errorSpanCount,
};

const USUAL: TableSort = { column: 'start', direction: 'descending' };

/** The order that the address asks for; the newest first unless it says another. */
export function traceSortOf(text: string | null): TableSort {
  return tableSortOf(text, Object.keys(KEYS), USUAL);
}

/** Sorts by a column; equal rows stay newest first. */
export function sortTraces(
  rows: TraceRow[],
  { column, direction }: TableSort,
): TraceRow[] {
  return sortedRows(
    rows,
    direction,
    KEYS[column] ?? (row => row.startTimeMs),
    (a, b) => b.startTimeMs - a.startTimeMs,
  );
}

import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';

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

/** The usual order: the newest first. */
export const USUAL_SORT = { column: 'start', direction: 'descending' } as const;

/** Reads `column:direction` of the address; anything else is the usual order. */
export function sortOf(text: string | null): {
  column: string;
  direction: 'ascending' | 'descending';
} {
  const [column = '', direction, ...rest] = (text ?? '').split(':');
  return Object.hasOwn(KEYS, column) &&
    (direction === 'ascending' || direction === 'descending') &&
    rest.length === 0
    ? { column, direction }
    : USUAL_SORT;
}

/** Sorts by a column; equal rows stay newest first. */
export function sortTraces(
  rows: TraceRow[],
  sort: { column?: string | number; direction?: string },
): TraceRow[] {
  const key = KEYS[String(sort.column)] ?? ((row: TraceRow) => row.startTimeMs);
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === y) {
      return b.startTimeMs - a.startTimeMs;
    }
    return x < y ? -sign : sign;
  });
}

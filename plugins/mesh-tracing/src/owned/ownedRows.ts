import type {
  OwnedResponse,
  OwnedSetupFindingsResponse,
  SetupFinding,
} from 'backstage-plugin-mesh-tracing-common';
import { sortedRows, type TableSort } from '../shared/address/tableSort';

type OwnedEntity = OwnedResponse['entities'][number];
type OwnedWorkload = OwnedEntity['workloads'][number];

/** An owned entity as a row; `id` is its reference. */
export interface OwnedRow extends OwnedEntity {
  id: string;
  name: string;
  /** Lowest and highest sampling among traced workloads. */
  percents: number[];
  errorCount: number;
  warningCount: number;
  /** About its set-up, most urgent first; empty until they are there. */
  setupFindings: SetupFinding[];
  /** The override that ends first. */
  override?: NonNullable<OwnedWorkload['override']>;
}

/** Choices of which rows to show. */
export const SHOWN = ['all', 'override', 'findings', 'not-traced'] as const;

/** Which rows to show. */
export interface OwnedFilter {
  text: string;
  /** One of `SHOWN`. */
  show: (typeof SHOWN)[number];
}

/**
 * Rows of an answer, with the findings about set-ups where these have come: they are
 * asked for apart, so that the table waits for nothing.
 */
export function ownedRows(
  response: OwnedResponse,
  setup?: OwnedSetupFindingsResponse,
): OwnedRow[] {
  const setupOf = new Map(
    setup?.entities.map(({ entityRef, findings }) => [entityRef, findings]),
  );
  return response.entities.map(entity => {
    const traced = entity.workloads.filter(
      ({ spanReporting }) => spanReporting === 'reported',
    );
    const overrides = entity.workloads
      .flatMap(workload => workload.override ?? [])
      .sort((a, b) => endMsOf(a) - endMsOf(b));
    return {
      ...entity,
      id: entity.entityRef,
      name: entity.title ?? entity.entityRef.split('/').at(-1) ?? '',
      percents: traced
        .map(workload => workload.samplingPercent)
        .filter((percent): percent is number => percent !== null)
        .sort((a, b) => a - b),
      errorCount: sum(entity.workloads.map(w => w.errorFindingCount)),
      warningCount: sum(entity.workloads.map(w => w.warningFindingCount)),
      setupFindings: setupOf.get(entity.entityRef) ?? [],
      override: overrides[0],
    };
  });
}

/** Rows that a filter lets through. */
export function filterRows(rows: OwnedRow[], filter: OwnedFilter): OwnedRow[] {
  const text = filter.text.trim().toLowerCase();
  return rows.filter(
    row =>
      matchesShow(row, filter.show) &&
      (text === '' ||
        [row.name, row.entityRef, row.ownerRef, row.system ?? ''].some(field =>
          field.toLowerCase().includes(text),
        )),
  );
}

/** Rows by a column; equal ones by name. */
export function sortRows(
  rows: OwnedRow[],
  { column, direction }: TableSort,
): OwnedRow[] {
  return sortedRows(rows, direction, keyOf(column), (a, b) =>
    a.name.localeCompare(b.name),
  );
}

function keyOf(column: string): (row: OwnedRow) => string | number {
  switch (column) {
    case 'sampling':
      return row => row.percents.at(-1) ?? -1;
    case 'override':
      return row => (row.override ? endMsOf(row.override) : Infinity);
    case 'findings':
      return row => row.errorCount * 1_000 + row.warningCount;
    case 'owner':
      return row => row.ownerRef;
    default:
      return row => row.name;
  }
}

function matchesShow(row: OwnedRow, show: string): boolean {
  switch (show) {
    case 'override':
      return row.override !== undefined;
    case 'findings':
      return row.errorCount + row.warningCount > 0;
    case 'not-traced':
      return row.percents.length === 0;
    default:
      return true;
  }
}

/** An override that does not end by itself ends after every other. */
function endMsOf({
  expiresAt,
  managedBy,
}: NonNullable<OwnedWorkload['override']>): number {
  return expiresAt && !managedBy
    ? new Date(expiresAt).getTime()
    : Number.MAX_SAFE_INTEGER;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

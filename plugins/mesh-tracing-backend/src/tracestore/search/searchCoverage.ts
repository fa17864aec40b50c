import type {
  TraceQuery,
  TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceCoverage } from 'backstage-plugin-mesh-tracing-node';
import { filtersAppliedHere, type SearchMode } from './SearchMode';
import type { ServicesSearchResult } from './searchServices';

/** More are asked for than wanted when some will be filtered out here. */
const OVERFETCH = 3;

/** How many traces to ask for at once. */
export function pageSize(
  mode: SearchMode,
  query: TraceQuery,
  most: number,
): number {
  const filtersHere = filtersAppliedHere(mode, query).length > 0;
  const wanted = query.limit * (filtersHere ? OVERFETCH : 1);
  // One more than wanted tells "all" from "as many as asked for".
  return Math.min(most, wanted + 1);
}

/** What a search found of what there is. */
export function coverageOf(
  result: ServicesSearchResult,
  matchedCount: number,
  returned: TraceSummary[],
): TraceCoverage {
  const cut = matchedCount > returned.length;
  const oldestReturned = returned[returned.length - 1]?.startTimeMs;
  const oldest = Math.max(
    oldestReturned ?? -Infinity,
    cut ? -Infinity : result.searchedBackToMs ?? -Infinity,
  );
  // Where only a name failed, there is nothing older to page to.
  const lacksOnlyNames =
    !result.complete && !cut && result.searchedBackToMs === undefined;
  return {
    complete: result.complete && !cut,
    fetchedCount: result.fetchedCount,
    matchedCount,
    ...(result.belongingCount === undefined
      ? {}
      : { belongingCount: result.belongingCount }),
    ...(Number.isFinite(oldest) && !lacksOnlyNames
      ? { oldestStartTimeMs: oldest }
      : {}),
    filteredHere: result.filteredHere,
    failures: result.failures,
  };
}

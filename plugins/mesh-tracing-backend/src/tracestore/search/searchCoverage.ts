import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import type { TraceCoverage } from 'backstage-plugin-mesh-tracing-node';
import type { PageFacts } from '../workers/TraceJob';
import { filterWords } from './searchFilters';
import type { SearchedPart, SearchOutcome } from './SearchOutcome';
import type { SearchPlan } from './SearchPlan';

/** What a search found of what there is. */
export function coverageOf(
  plan: SearchPlan,
  outcome: SearchOutcome<PageFacts>,
  returned: TraceSummary[],
): TraceCoverage {
  const { parts, fetchedCount, belongingCount, matchedCount } = outcome;
  const cut = matchedCount > returned.length;
  const complete = !cut && parts.every(part => part.complete);
  const searchedBackToMs = searchedBackTo(parts);
  const oldestReturned = returned[returned.length - 1]?.startTimeMs;
  const oldest = Math.max(
    oldestReturned ?? -Infinity,
    cut ? -Infinity : searchedBackToMs,
  );
  // Where only a name failed, there is nothing older to page to.
  const lacksOnlyNames =
    !complete && !cut && !Number.isFinite(searchedBackToMs);
  return {
    complete,
    fetchedCount,
    matchedCount,
    belongingCount,
    ...(Number.isFinite(oldest) && !lacksOnlyNames
      ? { oldestStartTimeMs: oldest }
      : {}),
    filteredHere: [
      ...filterWords(plan.kept),
      ...((belongingCount ?? fetchedCount) < fetchedCount ? ['workload'] : []),
    ],
    failures: failuresOf(parts),
  };
}

/** Before this, some source was not searched; minus infinity where all were. */
function searchedBackTo(parts: ReadonlyArray<SearchedPart<PageFacts>>): number {
  return Math.max(
    -Infinity,
    ...parts.flatMap(({ searchedBackToMs }) => searchedBackToMs ?? []),
  );
}

/** Each service name that failed, with the first of its errors. */
function failuresOf(
  parts: ReadonlyArray<SearchedPart<PageFacts>>,
): TraceCoverage['failures'] {
  const messages = new Map<string, string>();
  for (const { service, error } of parts) {
    if (error && !messages.has(service)) {
      messages.set(service, error.message);
    }
  }
  return [...messages].map(([service, message]) => ({ service, message }));
}

import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import type {
  IncompleteReason,
  TraceCoverage,
} from 'backstage-plugin-mesh-tracing-node';
import type { PageFacts } from '../workers/TraceJob';
import { isTrial } from './isTrial';
import type { NewestTraces } from './walk/newestTraces';
import { filterWords } from './searchFilters';
import type { SearchedPart, SearchOutcome } from './SearchOutcome';
import type { SearchPlan } from './SearchPlan';

/** What an answer is made of. */
export interface AnsweredSearch {
  plan: SearchPlan;
  outcome: SearchOutcome<PageFacts>;
  newest: NewestTraces;
  /** Newest first. */
  returned: TraceSummary[];
}

/** What a search found of what there is. */
export function coverageOf({
  plan,
  outcome,
  newest,
  returned,
}: AnsweredSearch): TraceCoverage {
  const { parts, fetchedCount, belongingCount, matchedCount } = outcome;
  const isUnproven =
    isTrial(plan) && matchedCount === 0 && newest.continueAtMs !== undefined;
  // The store says that nothing is left; what the trial did not see is no next page.
  const { continueAtMs } = isUnproven ? { continueAtMs: undefined } : newest;
  const reasons: IncompleteReason[] = [
    ...reasonsOf(outcome, { ...newest, continueAtMs }),
    ...(isUnproven ? (['unproven-filter'] as const) : []),
  ];
  const complete = reasons.length === 0 && parts.every(part => part.complete);
  const oldestReturned = returned[returned.length - 1]?.startTimeMs;
  // Where only a name failed, there is nothing older to page to.
  const oldest = complete ? oldestReturned : continueAtMs;
  return {
    complete,
    fetchedCount,
    matchedCount,
    belongingCount,
    ...(oldest !== undefined ? { oldestStartTimeMs: oldest } : {}),
    ...(complete || continueAtMs === undefined ? {} : { continueAtMs }),
    ...(complete ? {} : { incompleteBecause: reasons }),
    filteredHere: [
      ...filterWords(plan.kept),
      ...((belongingCount ?? fetchedCount) < fetchedCount ? ['workload'] : []),
    ],
    failures: failuresOf(parts),
  };
}

function reasonsOf(
  { parts, isRecovering }: SearchOutcome<PageFacts>,
  { continueAtMs, isStuck = false }: NewestTraces,
): IncompleteReason[] {
  return [
    ...(continueAtMs === undefined ? [] : (['older'] as const)),
    ...(isStuck || parts.some(({ isCrowded }) => isCrowded)
      ? (['same-instant'] as const)
      : []),
    ...(parts.some(({ error }) => error) ? (['failed-names'] as const) : []),
    ...(isRecovering ? (['storage-recovering'] as const) : []),
  ];
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

import { problemIn } from '../problems/StoreError';
import type { PageFacts } from '../workers/TraceJob';
import type { PlanVariation } from './planSearch';
import type { SearchOutcome } from './SearchOutcome';
import { isTrial } from './isTrial';
import type { SearchPlan } from './SearchPlan';
import type { SearchLesson } from './StoreKnowledge';

/** What follows from how a plan went. */
export interface SearchReview {
  lessons: SearchLesson[];
  /** In what the next plan differs; absent when there is nothing else to try. */
  next?: PlanVariation;
}

/**
 * Judges how a plan went.
 *
 * - An empty answer to filters that this store was never seen to apply proves
 *   nothing: one page is looked at without them, and they are applied here. If a
 *   trace passes there, they are useless in this store, and all is searched without
 *   them; if there was only one such filter, that is remembered.
 * - Cassandra cannot combine durations with tags; the durations are kept then.
 * - An answer that is none of the API may be that of another version.
 */
export function reviewOutcome(
  plan: SearchPlan,
  outcome: SearchOutcome<PageFacts>,
): SearchReview {
  const next = nextOf(plan, outcome);
  return { lessons: lessonsOf(plan, outcome), next };
}

function nextOf(
  plan: SearchPlan,
  { parts, failure, matchedCount }: SearchOutcome<PageFacts>,
): PlanVariation | undefined {
  const { suspected, unproven } = plan;
  if (problemIn(failure, 'unexpected-answer')) {
    return { reason: 'dialect-changed', suspected: [], keepsDurations: false };
  }
  if (
    problemIn(failure, 'unsupported-combination') &&
    plan.pushed.includes('span-duration')
  ) {
    return { reason: 'combination-refused', suspected, keepsDurations: true };
  }
  const isWhole = parts.every(({ complete }) => complete);
  if (!failure && isTrial(plan) && matchedCount > 0 && !isWhole) {
    const keepsDurations = plan.kept.includes('span-duration');
    return { reason: 'filters-useless', suspected, keepsDurations };
  }
  return !failure && matchedCount === 0 && unproven.length > 0
    ? { reason: 'filters-doubted', suspected: unproven, keepsDurations: false }
    : undefined;
}

function lessonsOf(
  { unproven, suspected }: SearchPlan,
  { parts, failure, matchedCount }: SearchOutcome<PageFacts>,
): SearchLesson[] {
  const sizes = parts.flatMap(({ acceptedPageSize }) => acceptedPageSize ?? []);
  const found = !failure && matchedCount > 0;
  return [
    ...sizes.map(mostTraces => ({ about: 'page-size' as const, mostTraces })),
    ...(found ? unproven : []).map(filter => ({
      about: 'filter' as const,
      filter,
      applies: true,
    })),
    ...(found && suspected.length === 1 ? suspected : []).map(filter => ({
      about: 'filter' as const,
      filter,
      applies: false,
    })),
  ];
}

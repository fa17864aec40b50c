import type {
  TraceCoverageView,
  TracesResponse,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * What several pages of one search cover together: the first is the newest, each
 * next one begins where the one before ends.
 *
 * @param count - traces of all pages, each counted once
 */
export function joinCoverage(
  pages: Array<Pick<TracesResponse, 'traces' | 'coverage'>>,
  count: number,
): TraceCoverageView | undefined {
  const last = pages.at(-1);
  if (!last || pages.length === 1) {
    return last?.coverage;
  }
  const all = pages.map(page => page.coverage);
  const sum = (of: (coverage: TraceCoverageView) => number) =>
    all.reduce((total, coverage) => total + of(coverage), 0);
  const failures = new Map(
    all
      .flatMap(coverage => coverage.failures)
      .map(failure => [failure.service, failure]),
  );
  const isTold = all.some(({ belongingCount }) => belongingCount !== undefined);
  const reasons = [
    ...new Set(
      all.flatMap(({ incompleteBecause = [] }, i) =>
        // That older ones follow is true of the last page alone.
        incompleteBecause.filter(
          reason => reason !== 'older' || i === all.length - 1,
        ),
      ),
    ),
  ];
  const complete =
    last.coverage.complete && failures.size === 0 && reasons.length === 0;
  return {
    complete,
    fetchedCount: sum(coverage => coverage.fetchedCount),
    matchedCount: count + unsent(last),
    ...(isTold
      ? {
          belongingCount: sum(
            ({ belongingCount, fetchedCount }) =>
              belongingCount ?? fetchedCount,
          ),
        }
      : {}),
    ...(last.coverage.complete
      ? {}
      : {
          oldestStartTimeMs: last.coverage.oldestStartTimeMs,
          ...(last.coverage.continueAtMs === undefined
            ? {}
            : { continueAtMs: last.coverage.continueAtMs }),
        }),
    ...(reasons.length > 0 ? { incompleteBecause: reasons } : {}),
    filteredHere: [...new Set(all.flatMap(({ filteredHere }) => filteredHere))],
    failures: [...failures.values()],
  };
}

/** Traces that were found but did not fit into the page. */
function unsent({
  traces,
  coverage,
}: Pick<TracesResponse, 'traces' | 'coverage'>) {
  return Math.max(0, coverage.matchedCount - traces.length);
}

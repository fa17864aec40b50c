import { statusCodeOf, type StatusCode } from '../traces';

/** How many requests failed with one status code. @public */
export interface FailureCount extends StatusCode {
  count: number;
}

/**
 * Most frequent first, of equals the lower code; as whole numbers, where a sample
 * stands for a part of one.
 */
export function failureCounts(
  byStatus: ReadonlyMap<number, number>,
): FailureCount[] {
  return [...byStatus]
    .sort(([a, n], [b, m]) => m - n || a - b)
    .map(([status, count]) => ({
      ...statusCodeOf(status),
      count: Math.round(count),
    }));
}

/** The failures of several groups of requests as those of one. @public */
export function sumFailures(
  groups: Array<FailureCount[] | undefined>,
): FailureCount[] {
  const sums = new Map<string, FailureCount>();
  for (const failure of groups.flatMap(group => group ?? [])) {
    const key = `${failure.protocol} ${failure.code}`;
    const { count = 0 } = sums.get(key) ?? {};
    sums.set(key, { ...failure, count: count + failure.count });
  }
  return [...sums.values()].sort(
    (a, b) => b.count - a.count || a.code - b.code,
  );
}

import { statusCodeOf, type StatusCode } from '../traces/statusCode';

/** How many requests failed with one status code. @public */
export interface FailureCount extends StatusCode {
  count: number;
}

/** Most frequent first, of equals the lower code. */
export function failureCounts(
  byStatus: ReadonlyMap<number, number>,
): FailureCount[] {
  return [...byStatus]
    .sort(([a, n], [b, m]) => m - n || a - b)
    .map(([status, count]) => ({ ...statusCodeOf(status), count }));
}

import type { FailureCount } from './FailureCount';
import type { LatencyStatistics } from './model';
import { quantile } from '../shared/quantile';

/**
 * Exact statistics of a set of durations in microseconds; null for none.
 *
 * @param durationsUs - in any order; not changed
 * @param errorCount - how many of them failed
 * @param failures - with which status codes, if known
 */
export function latencyStatistics(
  durationsUs: ArrayLike<number>,
  errorCount = 0,
  failures: FailureCount[] = [],
): LatencyStatistics | null {
  const count = durationsUs.length;
  if (count === 0) {
    return null;
  }
  const sorted = Float64Array.from(durationsUs).sort();
  let sum = 0;
  for (const value of sorted) {
    sum += value;
  }
  return {
    count,
    errorCount,
    ...(failures.length > 0 ? { failures } : {}),
    meanUs: sum / count,
    minUs: sorted[0] as number,
    maxUs: sorted[count - 1] as number,
    p50Us: quantile(sorted, 0.5),
    p75Us: quantile(sorted, 0.75),
    p90Us: quantile(sorted, 0.9),
    p95Us: quantile(sorted, 0.95),
    p99Us: quantile(sorted, 0.99),
  };
}

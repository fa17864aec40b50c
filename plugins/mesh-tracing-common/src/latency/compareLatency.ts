import type { LatencyStatistics } from './model';

/** Difference of two sets of requests, the second against the first. @public */
export interface LatencyComparison {
  /** Ratio of the medians, and of the 95th percentiles; null where the first is 0. */
  p50Ratio: number | null;
  p95Ratio: number | null;
  /** Difference of the shares of failed requests, -1..1. */
  errorRateDifference: number;
  verdict:
    | 'slower'
    | 'faster'
    | 'more errors'
    | 'fewer errors'
    | 'similar'
    | 'too few requests';
}

const ENOUGH_REQUESTS = 20;
const NOTABLE_RATIO = 1.2;
/**
 * From this number of requests on, more than a few are slower than their 95th
 * percentile.
 */
const ENOUGH_FOR_TAIL = 100;
const NOTABLE_TAIL_RATIO = 1.5;
const Z_95 = 1.959964;

function ratio(before: number, after: number): number | null {
  return before > 0 ? after / before : null;
}

/** Whether two shares differ by more than chance explains: a two-proportion z test. */
function differs(a: LatencyStatistics, b: LatencyStatistics): boolean {
  const pooled = (a.errorCount + b.errorCount) / (a.count + b.count);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.count + 1 / b.count));
  const difference = b.errorCount / b.count - a.errorCount / a.count;
  return error > 0 && Math.abs(difference) / error > Z_95;
}

/**
 * Compares latency with the window before, or of two versions. Errors weigh
 * more than latency; a verdict needs twenty requests on either side, and for
 * latency a change of a fifth in median and 95th percentile alike. With a
 * hundred requests or more, a 95th percentile that is half as high again counts
 * as slower too, although the median is alike.
 * @public
 */
export function compareLatency(
  before: LatencyStatistics,
  after: LatencyStatistics,
): LatencyComparison {
  const p50Ratio = ratio(before.p50Us, after.p50Us);
  const p95Ratio = ratio(before.p95Us, after.p95Us);
  const errorRateDifference =
    after.errorCount / after.count - before.errorCount / before.count;
  return {
    p50Ratio,
    p95Ratio,
    errorRateDifference,
    verdict: verdictOf(before, after, p50Ratio ?? 1, p95Ratio ?? 1),
  };
}

function verdictOf(
  before: LatencyStatistics,
  after: LatencyStatistics,
  p50Ratio: number,
  p95Ratio: number,
): LatencyComparison['verdict'] {
  if (Math.min(before.count, after.count) < ENOUGH_REQUESTS) {
    return 'too few requests';
  }
  if (differs(before, after)) {
    return after.errorCount / after.count > before.errorCount / before.count
      ? 'more errors'
      : 'fewer errors';
  }
  const hasTail = Math.min(before.count, after.count) >= ENOUGH_FOR_TAIL;
  const isTailSlower =
    hasTail && p95Ratio >= NOTABLE_TAIL_RATIO && p50Ratio > 1 / NOTABLE_RATIO;
  if (Math.min(p50Ratio, p95Ratio) >= NOTABLE_RATIO || isTailSlower) {
    return 'slower';
  }
  if (Math.max(p50Ratio, p95Ratio) <= 1 / NOTABLE_RATIO) {
    return 'faster';
  }
  return 'similar';
}

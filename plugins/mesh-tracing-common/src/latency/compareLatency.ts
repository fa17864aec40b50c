import { Z_95 } from './bounds';
import type { EstimateBounds, LatencyStatistics } from './model';

/** Difference of two sets of requests, the second against the first. @public */
export interface LatencyComparison {
  /** Ratio of the medians, and of the 95th percentiles; null where the first is 0. */
  p50Ratio: number | null;
  p95Ratio: number | null;
  /**
   * At 95 % confidence; absent where every request of both sides was read, null
   * where a sample is too small to tell.
   */
  p50RatioBounds?: EstimateBounds | null;
  p95RatioBounds?: EstimateBounds | null;
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

function ratio(before: number, after: number): number | null {
  return before > 0 ? after / before : null;
}

/** Variance of a share of failed requests that comes from reading only some. */
function readVariance({ estimate }: LatencyStatistics): number {
  const { low, high } = estimate?.errorRate ?? { low: 0, high: 0 };
  return ((high - low) / (2 * Z_95)) ** 2;
}

/** Whether two shares differ by more than chance explains: a two-proportion z test. */
function differs(a: LatencyStatistics, b: LatencyStatistics): boolean {
  const pooled = (a.errorCount + b.errorCount) / (a.count + b.count);
  const error = Math.sqrt(
    pooled * (1 - pooled) * (1 / a.count + 1 / b.count) +
      readVariance(a) +
      readVariance(b),
  );
  const difference = b.errorCount / b.count - a.errorCount / a.count;
  return error > 0 && Math.abs(difference) / error > Z_95;
}

/** Of a ratio of two figures, on the scale of logarithms, on which it is even. */
function ratioBounds(
  before: LatencyStatistics,
  after: LatencyStatistics,
  figure: 'p50Us' | 'p95Us',
): EstimateBounds | null {
  const errors = [before, after].map(({ estimate, [figure]: value }) => {
    const bounds = estimate ? estimate[figure] : { low: value, high: value };
    return bounds && bounds.low > 0
      ? Math.log(bounds.high / bounds.low) / 2
      : Infinity;
  });
  const width = Math.hypot(...errors);
  const value = ratio(before[figure], after[figure]);
  return value !== null && value > 0 && width < Infinity
    ? { low: value / Math.exp(width), high: value * Math.exp(width) }
    : null;
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
  const told = { p50Ratio, p95Ratio, errorRateDifference };
  const verdict = verdictOf(before, after, p50Ratio ?? 1, p95Ratio ?? 1);
  if (!before.estimate && !after.estimate) {
    return { ...told, verdict };
  }
  const p50RatioBounds = ratioBounds(before, after, 'p50Us');
  const p95RatioBounds = ratioBounds(before, after, 'p95Us');
  const isSure = [p50RatioBounds, p95RatioBounds].some(
    bounds =>
      bounds !== null &&
      (verdict === 'faster' ? bounds.high < 1 : bounds.low > 1),
  );
  const isLatency = verdict === 'slower' || verdict === 'faster';
  return {
    ...told,
    p50RatioBounds,
    p95RatioBounds,
    verdict: isLatency && !isSure ? 'too few requests' : verdict,
  };
}

/** Requests that were read, as many as tell as much as independent ones. */
function knownRequests({ count, estimate }: LatencyStatistics): number {
  return estimate
    ? estimate.sampleCount / Math.max(1, estimate.designEffect)
    : count;
}

function verdictOf(
  before: LatencyStatistics,
  after: LatencyStatistics,
  p50Ratio: number,
  p95Ratio: number,
): LatencyComparison['verdict'] {
  const known = Math.min(knownRequests(before), knownRequests(after));
  if (known < ENOUGH_REQUESTS) {
    return 'too few requests';
  }
  if (differs(before, after)) {
    return after.errorCount / after.count > before.errorCount / before.count
      ? 'more errors'
      : 'fewer errors';
  }
  const hasTail = known >= ENOUGH_FOR_TAIL;
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

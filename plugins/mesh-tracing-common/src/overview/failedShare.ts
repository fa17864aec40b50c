import { type FailureCount, sampleConfidence } from '../latency';
import { isRefusal } from '../traces';
import type { FailedShare, VerdictLevel } from './OverviewVerdict';

/** Share of broken requests from which a service counts as failing. */
const FAILING_SHARE = 0.05;
/** Share of refused requests from which refusing is no longer a part of the job. */
const MOSTLY_REFUSED = 0.5;

/** What of a number of requests or calls failed, and how. */
export function failedShare(of: {
  totalCount: number;
  errorCount: number;
  failures?: FailureCount[];
}): FailedShare {
  const failures = of.failures ?? [];
  const refused = failures
    .filter(isRefusal)
    .reduce((sum, { count }) => sum + count, 0);
  return {
    errorCount: of.errorCount,
    totalCount: of.totalCount,
    refusedCount: Math.min(refused, of.errorCount),
    failures,
  };
}

/**
 * How much failures weigh. Broken requests are a warning, and critical when one
 * in twenty breaks; refused ones, such as a declined card, are worth a notice.
 */
export function levelOfFailures(share: FailedShare): VerdictLevel {
  const { errorCount, totalCount, refusedCount } = share;
  const brokenCount = errorCount - refusedCount;
  if (brokenCount > 0) {
    return brokenCount >= FAILING_SHARE * totalCount ? 'critical' : 'warning';
  }
  return refusedCount >= MOSTLY_REFUSED * totalCount ? 'warning' : 'notice';
}

/**
 * A number by which the worst of several is chosen: the share of broken
 * requests, then of refused ones. Each is the lower bound of its confidence
 * interval, so that one failure of one request does not outweigh half of a
 * thousand.
 */
export function weightOfFailures(share: FailedShare): number {
  const { errorCount, totalCount, refusedCount } = share;
  const surely = (count: number) =>
    sampleConfidence(totalCount, count, null).errorRateLow;
  return surely(errorCount - refusedCount) * 1_000 + surely(errorCount);
}

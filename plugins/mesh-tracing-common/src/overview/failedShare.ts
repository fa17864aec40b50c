import {
  type FailureCount,
  sampleConfidence,
  type SampleEstimate,
} from '../latency';
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
  estimate?: SampleEstimate;
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
    ...(of.estimate ? { estimate: of.estimate } : {}),
  };
}

/**
 * How much failures weigh. Broken requests are a warning, and critical when one
 * in twenty breaks; refused ones, such as a declined card, are worth a notice. Of a
 * sample it is critical only where its bounds leave no doubt that so many break.
 */
export function levelOfFailures(share: FailedShare): VerdictLevel {
  const { errorCount, totalCount, refusedCount, estimate } = share;
  const brokenCount = errorCount - refusedCount;
  if (brokenCount > 0) {
    // As a part of the failed requests; how many of these there are is what the
    // bounds are of.
    const surely = estimate
      ? (estimate.errorRate.low * totalCount * brokenCount) / errorCount
      : brokenCount;
    return surely >= FAILING_SHARE * totalCount ? 'critical' : 'warning';
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
  const { errorCount, totalCount, refusedCount, estimate } = share;
  const surely = (count: number) =>
    estimate && count === errorCount
      ? estimate.errorRate.low
      : sampleConfidence(
          Math.min(totalCount, estimate?.sampleCount ?? totalCount),
          estimate
            ? (count / Math.max(1, totalCount)) *
                Math.min(totalCount, estimate.sampleCount)
            : count,
          null,
        ).errorRateLow;
  return surely(errorCount - refusedCount) * 1_000 + surely(errorCount);
}

import { shareBounds } from './bounds';
import type { SampleEstimate } from './model';

/** How far a share of failed requests, seen in a sample, can be trusted. @public */
export interface SampleConfidence {
  sampleSize: number;
  /** Sampling in force, percent; null = unknown or mixed. */
  samplingPercent: number | null;
  /** Share of failed requests in the sample, 0..1; null without a request. */
  errorRate: number | null;
  /** Bounds of the share among all requests at 95 % confidence, 0..1. */
  errorRateLow: number;
  errorRateHigh: number;
  /** Whether the sample is large enough for a p99: at least 100 requests. */
  supportsP99: boolean;
  /** One sentence that says so. */
  statement: string;
}

const ENOUGH_FOR_P99 = 100;

function percent(share: number): string {
  const value = share * 100;
  return `${value < 1 && value > 0 ? value.toFixed(2) : value.toFixed(1)} %`;
}

/** What the traced requests tell, where only some of those were read. */
function told(count: number, errorCount: number, estimate?: SampleEstimate) {
  const share = count > 0 ? errorCount / count : 0;
  const { low, high } = shareBounds(share, count);
  if (!estimate || count === 0) {
    return { low, high };
  }
  const { errorRate } = estimate;
  // Chance was at work twice: which requests were traced, and which of those read.
  return {
    low: Math.max(0, share - Math.hypot(share - low, share - errorRate.low)),
    high: Math.min(1, share + Math.hypot(high - share, errorRate.high - share)),
  };
}

/**
 * States what a sample says of all requests. The interval assumes that requests
 * were sampled at random, which holds for head sampling in proxies.
 *
 * @param count - traced requests
 * @param errorCount - how many of them failed
 * @param samplingPercent - sampling in force; null = unknown or mixed
 * @param estimate - how surely `count` and `errorCount` are known, where only some
 *   of the traced requests were read
 * @public
 */
export function sampleConfidence(
  count: number,
  errorCount: number,
  samplingPercent: number | null,
  estimate?: SampleEstimate,
): SampleConfidence {
  const isWhole = samplingPercent === 100;
  const { low, high } =
    isWhole && estimate
      ? estimate.errorRate
      : told(count, errorCount, estimate);
  const sampleSize = estimate?.sampleCount ?? count;
  const sampled = isWhole
    ? `${count} requests, all of which are traced`
    : `${count} sampled requests${
        samplingPercent === null ? '' : ` (${samplingPercent} % are sampled)`
      }`;
  const read = estimate
    ? `About ${errorCount} errors in about ${sampled}, as ${sampleSize} of them tell`
    : `${errorCount} errors in ${sampled}`;
  const statement =
    count === 0
      ? 'No request was traced, which says nothing about whether there were any.'
      : `${read}: of all requests, between ${percent(low)} and ${percent(
          high,
        )} fail (95 % confidence).`;
  return {
    sampleSize,
    samplingPercent,
    errorRate: count === 0 ? null : errorCount / count,
    errorRateLow: low,
    errorRateHigh: high,
    supportsP99: sampleSize / (estimate?.designEffect ?? 1) >= ENOUGH_FOR_P99,
    statement,
  };
}

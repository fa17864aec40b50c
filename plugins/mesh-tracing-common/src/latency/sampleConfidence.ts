import { wilson } from './wilson';

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

/**
 * States what a sample says of all requests. The interval assumes that requests
 * were sampled at random, which holds for head sampling in proxies.
 * @public
 */
export function sampleConfidence(
  sampleSize: number,
  errorCount: number,
  samplingPercent: number | null,
): SampleConfidence {
  const [errorRateLow, errorRateHigh] = wilson(errorCount, sampleSize);
  const isWhole = samplingPercent === 100;
  const sampled = isWhole
    ? `${sampleSize} requests, all of which are traced`
    : `${sampleSize} sampled requests${
        samplingPercent === null ? '' : ` (${samplingPercent} % are sampled)`
      }`;
  const statement =
    sampleSize === 0
      ? 'No request was traced, which says nothing about whether there were any.'
      : `${errorCount} errors in ${sampled}: of all requests, between ${percent(
          errorRateLow,
        )} and ${percent(errorRateHigh)} fail (95 % confidence).`;
  return {
    sampleSize,
    samplingPercent,
    errorRate: sampleSize === 0 ? null : errorCount / sampleSize,
    errorRateLow,
    errorRateHigh,
    supportsP99: sampleSize >= ENOUGH_FOR_P99,
    statement,
  };
}

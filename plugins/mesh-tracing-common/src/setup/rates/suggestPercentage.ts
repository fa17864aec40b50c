/** Envoy counts in hundredths of a percent and cuts off what is less. */
const STEPS_PER_PERCENT = 100;
const LEAST_PERCENT = 1 / STEPS_PER_PERCENT;

/** What a percentage is to be found for. @public */
export interface SuggestionInput {
  /** Requests a second that begin at the workload. */
  requestsPerSecond: number;
  /** Wanted traces a minute. */
  tracesPerMinute: number;
  /** Most that may be set, percent. */
  maxPercent: number;
  /** Share of failing requests, 0 to 1; absent = not known. */
  errorRate?: number;
}

/** A percentage, and what it brings at the rate that it was found for. @public */
export interface SuggestedPercentage {
  /** In steps of 0.01. */
  percent: number;
  /** What so many percent give. */
  tracesPerMinute: number;
  /** Between two traces of failing requests; absent where none fails, or none is known to. */
  secondsBetweenFailures?: number;
  /** Why the goal is missed: by the bounds of what may be set, or of what there is. */
  limitedBy?: 'least' | 'most' | 'requests';
}

/**
 * The percentage at which a rate of requests gives about as many traces as wanted,
 * rounded to what Envoy can tell apart and kept within bounds. Undefined without
 * requests, or without a wish.
 * @public
 */
export function suggestPercentage(
  input: SuggestionInput,
): SuggestedPercentage | undefined {
  const { requestsPerSecond, tracesPerMinute, maxPercent, errorRate } = input;
  if (!(requestsPerSecond > 0) || !(tracesPerMinute > 0)) {
    return undefined;
  }
  const exact = (tracesPerMinute / (requestsPerSecond * 60)) * 100;
  const inSteps = Math.round(exact * STEPS_PER_PERCENT) / STEPS_PER_PERCENT;
  const most = Math.floor(maxPercent * STEPS_PER_PERCENT) / STEPS_PER_PERCENT;
  const percent = Math.min(Math.max(inSteps, LEAST_PERCENT), most, 100);
  const seconds = secondsBetweenFailures({
    requestsPerSecond,
    percent,
    errorRate,
  });
  const limitedBy = limitOf({ inSteps, exact, most });
  return {
    percent,
    tracesPerMinute: (requestsPerSecond * 60 * percent) / 100,
    ...(seconds === undefined ? {} : { secondsBetweenFailures: seconds }),
    ...(limitedBy ? { limitedBy } : {}),
  };
}

function limitOf(of: {
  inSteps: number;
  exact: number;
  most: number;
}): SuggestedPercentage['limitedBy'] {
  if (of.exact > 100 && of.most >= 100) {
    return 'requests';
  }
  if (of.inSteps > of.most) {
    return 'most';
  }
  return of.exact < LEAST_PERCENT ? 'least' : undefined;
}

/**
 * Mean time between two traces of failing requests, seconds. Undefined where none
 * is to be expected.
 * @public
 */
export function secondsBetweenFailures(of: {
  requestsPerSecond: number;
  /** Sampled, percent. */
  percent: number;
  /** Share of failing requests, 0 to 1. */
  errorRate: number | undefined;
}): number | undefined {
  const perSecond =
    of.requestsPerSecond * (of.percent / 100) * (of.errorRate ?? 0);
  return perSecond > 0 ? 1 / perSecond : undefined;
}

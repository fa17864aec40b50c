import type {
  ObservedTraces,
  RequestRateEstimate,
} from './RequestRateEstimator';

/** Typical size of a span from Envoy in a trace store, bytes. */
export const BYTES_PER_SPAN = 1000;

/**
 * Concludes from traces seen and the sampling in force how many requests there
 * were: 12 traces at 10 % mean about 120 requests. Null where no trace began.
 *
 * @param share - of requests that are traced, 0 to 1
 */
export function rateOfTraces(
  observed: ObservedTraces | null,
  share: number,
): RequestRateEstimate | null {
  if (!observed || observed.rootTraces === 0 || observed.windowMs <= 0) {
    return null;
  }
  const seconds = observed.windowMs / 1000;
  const minutes = Math.round(seconds / 60);
  const { estimatedRootTraces: estimate } = observed;
  const rate = (traces: number) => traces / seconds / share;
  return {
    requestsPerSecond: rate(estimate?.count ?? observed.rootTraces),
    ...(estimate && {
      requestsPerSecondBounds: {
        low: rate(estimate.low),
        high: rate(estimate.high),
      },
    }),
    spansPerTrace: observed.spans / observed.rootTraces,
    bytesPerSpan: BYTES_PER_SPAN,
    assumption: `From ${countOf(observed)} traces that began here in the last ${
      minutes === 1 ? 'minute' : `${minutes} minutes`
    } at ${percent(share)} % sampling, and about ${
      BYTES_PER_SPAN / 1000
    } kB for a span.`,
  };
}

function countOf({
  rootTraces,
  complete,
  estimatedRootTraces: estimate,
}: ObservedTraces): string {
  if (!estimate) {
    return `${rootTraces}${complete ? '' : ' or more'}`;
  }
  const [count, low, high] = [estimate.count, estimate.low, estimate.high].map(
    traces => Math.round(traces),
  );
  return `about ${count} (${low} to ${high} at 95 % confidence; ${rootTraces} were read)`;
}

function percent(share: number): number {
  return Number((share * 100).toFixed(2));
}

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
  return {
    requestsPerSecond: observed.rootTraces / seconds / share,
    spansPerTrace: observed.spans / observed.rootTraces,
    bytesPerSpan: BYTES_PER_SPAN,
    assumption: `From ${observed.rootTraces}${
      observed.complete ? '' : ' or more'
    } traces that began here in the last ${
      minutes === 1 ? 'minute' : `${minutes} minutes`
    } at ${percent(share)} % sampling, and about ${
      BYTES_PER_SPAN / 1000
    } kB for a span.`,
  };
}

function percent(share: number): number {
  return Number((share * 100).toFixed(2));
}

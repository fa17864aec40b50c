import type {
  EffectiveTracing,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../access/EntityContext';
import type {
  ObservedTraces,
  RequestRateEstimate,
  RequestRateEstimator,
} from './RequestRateEstimator';
import { decidingSide } from './decidingSide';

/** Typical size of a span from Envoy in a trace store, bytes. */
const BYTES_PER_SPAN = 1000;

/**
 * Concludes from traces seen and the sampling in force how many requests there
 * were: 12 traces at 10 % mean about 120 requests. Says nothing where nothing
 * was sampled.
 */
export class ObservedRequestRateEstimator implements RequestRateEstimator {
  readonly #observe: (
    context: EntityContext,
    workload: Workload,
  ) => Promise<ObservedTraces | null>;

  static create(options: {
    observe: (
      context: EntityContext,
      workload: Workload,
    ) => Promise<ObservedTraces | null>;
  }): ObservedRequestRateEstimator {
    return new ObservedRequestRateEstimator(options.observe);
  }

  private constructor(
    observe: (
      context: EntityContext,
      workload: Workload,
    ) => Promise<ObservedTraces | null>,
  ) {
    this.#observe = observe;
  }

  async estimate(
    context: EntityContext,
    workload: Workload,
    inForce: EffectiveTracing,
  ): Promise<RequestRateEstimate | null> {
    const share = tracedShare(inForce);
    const observed = share > 0 ? await this.#observe(context, workload) : null;
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
      } at ${share * 100} % sampling, and about ${
        BYTES_PER_SPAN / 1000
      } kB for a span.`,
    };
  }
}

/** Share of the requests that begin at a workload and are traced, 0 to 1. */
export function tracedShare(tracing: EffectiveTracing): number {
  const side = decidingSide(tracing);
  return side?.enabled.value ? side.samplingParts / 10_000 : 0;
}

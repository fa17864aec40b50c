import type {
  EffectiveTracing,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../access/EntityContext';
import { BYTES_PER_SPAN, rateOfTraces } from './rateOfTraces';
import type {
  ObservedTraces,
  RequestRateEstimate,
  RequestRateEstimator,
} from './RequestRateEstimator';
import { tracedShare } from './tracedShare';

/** Of a trace that nobody has seen yet. */
const ASSUMED_SPANS = 10;

/** Where the figures of one workload come from. */
export interface RequestSources {
  /** Requests a second that reach it, traced or not; null without metrics of it. */
  measure(context: EntityContext, workload: Workload): Promise<number | null>;
  observe(
    context: EntityContext,
    workload: Workload,
  ): Promise<ObservedTraces | null>;
}

/**
 * Takes the number of requests from metrics, and from traces how many of them
 * begin at the workload: those that arrive with a trace decision are decided
 * elsewhere. Without metrics traces must tell both.
 */
export class MeasuredRequestRateEstimator implements RequestRateEstimator {
  readonly #sources: RequestSources;

  static create(sources: RequestSources): MeasuredRequestRateEstimator {
    return new MeasuredRequestRateEstimator(sources);
  }

  private constructor(sources: RequestSources) {
    this.#sources = sources;
  }

  observe(
    context: EntityContext,
    workload: Workload,
  ): Promise<ObservedTraces | null> {
    return this.#sources.observe(context, workload);
  }

  async estimate(
    context: EntityContext,
    workload: Workload,
    inForce: EffectiveTracing,
  ): Promise<RequestRateEstimate | null> {
    const share = tracedShare(inForce);
    const [calls, observed] = await Promise.all([
      // Metrics are an addition: without them traces tell.
      this.#sources.measure(context, workload).catch(() => null),
      share > 0 ? this.#sources.observe(context, workload) : null,
    ]);
    if (!calls) {
      return rateOfTraces(observed, share);
    }
    return observed && observed.traces > 0
      ? rateOfBoth(calls, observed)
      : upperBound(calls);
  }
}

/** Null where all requests begin elsewhere. */
function rateOfBoth(
  calls: number,
  { traces, rootTraces, spans }: ObservedTraces,
): RequestRateEstimate | null {
  if (rootTraces === 0) {
    return null;
  }
  return {
    requestsPerSecond: (calls * rootTraces) / traces,
    spansPerTrace: spans / rootTraces,
    bytesPerSpan: BYTES_PER_SPAN,
    assumption: `From metrics: ${rounded(
      calls,
    )} requests a second in the last hour, of which ${rounded(
      (100 * rootTraces) / traces,
    )} % begin here, as in the ${traces} traces seen; and about ${
      BYTES_PER_SPAN / 1000
    } kB for a span.`,
  };
}

function upperBound(calls: number): RequestRateEstimate {
  return {
    requestsPerSecond: calls,
    spansPerTrace: ASSUMED_SPANS,
    bytesPerSpan: BYTES_PER_SPAN,
    assumption: `At most, from metrics: ${rounded(
      calls,
    )} requests a second in the last hour. No traces were seen, so all are taken to begin here, with ${ASSUMED_SPANS} spans each and about ${
      BYTES_PER_SPAN / 1000
    } kB for a span.`,
    upperBound: true,
  };
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

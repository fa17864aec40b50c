import type {
  EffectiveTracing,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import { BYTES_PER_SPAN, rateOfTraces } from './rateOfTraces';
import type {
  ObservedTraces,
  RequestRateEstimate,
  RequestRateEstimator,
} from './RequestRateEstimator';
import { tracedShare } from './tracedShare';

/** Spans of a trace, as long as none has been seen. */
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
 * Estimates from traces how many requests begin at the workload. Requests that
 * arrive with a sampling decision were decided elsewhere; metrics count them
 * too, so that metrics are only an upper bound. What share of the traces began
 * here says nothing of requests, since those that arrived were sampled at
 * another rate. Without traces the bound alone is answered.
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
    const [calls, observed] = await Promise.allSettled([
      this.#sources.measure(context, workload),
      share > 0 ? this.#sources.observe(context, workload) : null,
    ]);
    // Traces and metrics complete each other, so that the failure of one leaves
    // the other's answer.
    const limit = calls.status === 'fulfilled' ? calls.value : null;
    if (observed.status === 'rejected') {
      if (limit) {
        return {
          ...upperBound(limit, 'Traces could not be read'),
          tracesUnread: true,
        };
      }
      throw observed.reason;
    }
    if (!limit || observed.value?.traces) {
      return bounded(rateOfTraces(observed.value, share), limit);
    }
    return upperBound(limit, 'No traces were seen');
  }
}

/** The estimate from traces, but no more requests than metrics count. */
function bounded(
  rate: RequestRateEstimate | null,
  calls: number | null,
): RequestRateEstimate | null {
  if (!rate || !calls) {
    return rate;
  }
  const { requestsPerSecondBounds: bounds } = rate;
  return {
    ...rate,
    requestsPerSecond: Math.min(calls, rate.requestsPerSecond),
    ...(bounds && {
      requestsPerSecondBounds: {
        low: Math.min(calls, bounds.low),
        high: Math.min(calls, bounds.high),
      },
    }),
    assumption: `${rate.assumption} Metrics count ${rounded(
      calls,
    )} requests a second in the last hour, those included that began elsewhere; more cannot begin here.`,
  };
}

function upperBound(calls: number, why: string): RequestRateEstimate {
  return {
    requestsPerSecond: calls,
    spansPerTrace: ASSUMED_SPANS,
    bytesPerSpan: BYTES_PER_SPAN,
    assumption: `At most, from metrics: ${rounded(
      calls,
    )} requests a second in the last hour. ${why}, so all are taken to begin here, with ${ASSUMED_SPANS} spans each and about ${
      BYTES_PER_SPAN / 1000
    } kB for a span.`,
    upperBound: true,
  };
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

import {
  indexNearQuantile,
  type WeighedValues,
  weighedValues,
  weightedQuantile,
} from '../shared/weightedQuantile';
import { rankOrder } from '../shared/rankOrder';
import { countBounds, shareBounds, studentQuantile } from './bounds';
import type { SampleDesign } from './SampleDesign';
import type { FailureCount } from './FailureCount';
import type {
  EstimateBounds,
  LatencyStatistics,
  SampleEstimate,
} from './model';

/** Requests that were read; columns of equal length, none of weight 0. */
export interface ReadRequests {
  durationsUs: Float64Array;
  /** 1 = failed. */
  errors: Uint8Array;
  /** Indices of their traces. */
  traces: Int32Array;
  failures: FailureCount[];
}

/** With what a request at each percentile can be looked at. */
export interface SampledStatistics extends LatencyStatistics {
  estimate: SampleEstimate;
  /** Indices of the traces whose requests are nearest to the percentiles. */
  exemplars: { p50: number; p95: number; p99: number };
  /** How much bursts widen the bounds, at least 1. */
  dispersion: { count: number; share: number };
}

/** Chance that a bound of a percentile is wrong, on either side. */
const WRONG = 0.025;

/** Statistics of all requests that some stand for; null for none. */
export function sampleStatistics(
  requests: ReadRequests,
  design: SampleDesign,
): SampledStatistics | null {
  const { durationsUs, traces, failures } = requests;
  const sampleCount = durationsUs.length;
  if (sampleCount === 0) {
    return null;
  }
  const order = rankOrder(durationsUs);
  const { weightOf } = design.weights;
  const weights = Float64Array.from(traces, trace => weightOf[trace] as number);
  const sorted = weighedValues(
    Float64Array.from(order, i => durationsUs[i] as number),
    Float64Array.from(order, i => weights[i] as number),
  );
  let [sum, all] = [0, 0];
  for (let i = 0; i < sampleCount; i++) {
    all += weights[i] as number;
    sum += (weights[i] as number) * (durationsUs[i] as number);
  }
  const failed = failures.reduce((total, { count }) => total + count, 0);
  const traceNear = (q: number) =>
    traces[order[indexNearQuantile(sorted, q)] as number] as number;
  return {
    count: Math.max(Math.round(all), failed),
    errorCount: failed,
    ...(failures.length > 0 ? { failures } : {}),
    meanUs: sum / all,
    minUs: sorted.values[0] as number,
    maxUs: sorted.values[sampleCount - 1] as number,
    p50Us: weightedQuantile(sorted, 0.5),
    p75Us: weightedQuantile(sorted, 0.75),
    p90Us: weightedQuantile(sorted, 0.9),
    p95Us: weightedQuantile(sorted, 0.95),
    p99Us: weightedQuantile(sorted, 0.99),
    ...estimateOf(requests, { weights, all, sorted }, design),
    exemplars: {
      p50: traceNear(0.5),
      p95: traceNear(0.95),
      p99: traceNear(0.99),
    },
  };
}

interface Weighed {
  weights: Float64Array;
  /** Their sum. */
  all: number;
  sorted: WeighedValues;
}

function estimateOf(
  requests: ReadRequests,
  weighed: Weighed,
  design: SampleDesign,
): Pick<SampledStatistics, 'estimate' | 'dispersion'> {
  const { durationsUs, errors } = requests;
  const { sorted, weights, all } = weighed;
  const sampleCount = durationsUs.length;
  const shares = shareSpreads(requests, weighed, design);
  const median = weightedQuantile(sorted, 0.5);
  const half = shares(0.5, i => (durationsUs[i] as number) <= median);
  const percentile = (q: number): EstimateBounds | null => {
    const value = weightedQuantile(sorted, q);
    const { of, errors: standardErrors } = shares(
      q,
      i => (durationsUs[i] as number) <= value,
    );
    // Below this number even the largest of all may be smaller than the
    // percentile. That of the median decides, lest bounds be told just where
    // they came out too narrow.
    if (half.of < Math.log(WRONG) / Math.log(q)) {
      return null;
    }
    const { low, high } = shareBounds(q, of, standardErrors);
    return {
      low: weightedQuantile(sorted, low),
      high: weightedQuantile(sorted, high),
    };
  };
  let failed = 0;
  for (let i = 0; i < sampleCount; i++) {
    failed += (errors[i] as number) * (weights[i] as number);
  }
  const errorRate = failed / all;
  const ofErrors =
    failed > 0 && errorRate < 1
      ? shares(errorRate, i => errors[i] === 1)
      : half;
  const counted = design.spread(requests.traces, weights, 'count');
  const count = countBounds(
    all,
    counted.variance,
    studentQuantile(counted.degrees),
  );
  return {
    estimate: {
      sampleCount,
      designEffect: sampleCount / half.of,
      count: {
        low: Math.max(sampleCount, Math.round(count.low)),
        high: Math.round(count.high),
      },
      errorRate: shareBounds(errorRate, ofErrors.of, ofErrors.errors),
      p50Us: percentile(0.5),
      p95Us: percentile(0.95),
      p99Us: percentile(0.99),
    },
    dispersion: { count: counted.dispersion, share: half.dispersion },
  };
}

/**
 * How surely the share of some of the requests is known: of how many independent
 * ones it would be known as well. The share is linearised (Woodruff, 1952, for
 * percentiles). No clustering of traces makes a sample tell more than its weights
 * allow, so that is the most.
 */
function shareSpreads(
  { traces }: ReadRequests,
  { weights, all }: Weighed,
  design: SampleDesign,
): (
  share: number,
  isOfThem: (i: number) => boolean,
) => { of: number; errors: number; dispersion: number } {
  const terms = new Float64Array(weights.length);
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = (weights[i] as number) / all;
    squares += design.unread(traces[i] as number) * weight * weight;
  }
  return (share, isOfThem) => {
    for (let i = 0; i < weights.length; i++) {
      const weight = (weights[i] as number) / all;
      terms[i] = weight * (Number(isOfThem(i)) - share);
    }
    const spread = design.spread(traces, terms, 'share');
    const chance = share * (1 - share);
    return {
      of: chance / Math.max(spread.variance, chance * squares),
      errors: studentQuantile(spread.degrees),
      dispersion: spread.dispersion,
    };
  };
}

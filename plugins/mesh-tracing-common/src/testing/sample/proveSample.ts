import { type LatencyStatistics, latencyStatistics } from '../../latency';
import type { SampleBudget } from '../../traces';
import { sampleHour, truthOf } from './sampleHour';
import { newestOfHour, type StoreOrder } from './simulatedStore';
import { SimulatedTraffic, type TrafficShape } from './SimulatedTraffic';

/** Requests of an hour, traced or not. */
const REQUESTS = 10_000_000;
/** From this number on requests drawn anew have the same percentiles. */
const MANY = 1_000_000;
/** Different hours of so many traced requests; as brute force takes its time. */
const differentHours = (traceCount: number) =>
  Math.max(1, Math.floor(2_000_000 / traceCount));
const PERCENTS = [0.1, 1, 10, 100];
const ORDERS: StoreOrder[] = ['newest', 'arrival', 'any'];

export const FIGURES = [
  'count',
  'errorRate',
  'p50Us',
  'p95Us',
  'p99Us',
] as const;
export type Figure = (typeof FIGURES)[number];

/** What many runs of one kind of traffic showed. */
export interface SampleProof {
  runs: number;
  /** Of each figure the share of runs with an interval of it, 0..1. */
  told: Record<Figure, number>;
  /** Share of these whose interval holds the truth, 0..1. */
  coverage: Record<Figure, number>;
  /** Median of the relative errors, 0..1, of the estimate. */
  error: Record<Figure, number>;
  /** The same of the newest traces, as many as the estimate fetched. */
  newestError: Record<Figure, number>;
  /** Mean of the relative errors, with sign: how far the estimate is bent. */
  bias: Record<Figure, number>;
  /** On average. */
  fetched: number;
  requests: number;
  designEffect: number;
}

/** Samples one kind of hour again and again, and compares with all its requests. */
export function proveSample(options: {
  runs: number;
  shape: Pick<TrafficShape, 'isLively' | 'isRegressing'>;
  budget: SampleBudget;
  level: 'normal' | 'fine' | 'quick';
  seed: number;
  percents?: number[];
  orders?: StoreOrder[];
}): SampleProof {
  const { percents = PERCENTS, orders = ORDERS } = options;
  const hours = new Map<
    number,
    { traffic: SimulatedTraffic; truth: LatencyStatistics }
  >();
  const results = Array.from({ length: options.runs }, (_, run) => {
    const percent = percents[run % percents.length] as number;
    const order = orders[Math.floor(run / percents.length) % orders.length];
    const traceCount = (REQUESTS * percent) / 100;
    const seed =
      options.seed +
      percent +
      7 * (run % (percents.length * differentHours(traceCount)));
    let hour = hours.get(seed);
    if (!hour) {
      const traffic = new SimulatedTraffic({
        ...options.shape,
        traceCount,
        seed,
      });
      hour = { traffic, truth: truthOf(traffic) };
      hours.set(seed, hour);
    }
    // Of so many requests others have the same figures, but not the same newest.
    const traffic =
      traceCount >= MANY
        ? new SimulatedTraffic({ ...hour.traffic.shape, requestSeed: run })
        : hour.traffic;
    return compare(
      { ...hour, traffic },
      {
        ...options,
        order: order as StoreOrder,
        seed: options.seed + run,
      },
    );
  });
  const mean = (pick: (result: Compared) => number) =>
    results.reduce((sum, result) => sum + pick(result), 0) / results.length;
  return {
    runs: results.length,
    told: byFigure(figure => mean(one => Number(one.isTold[figure]))),
    coverage: byFigure(
      figure =>
        mean(one => Number(one.isCovered[figure])) /
        mean(one => Number(one.isTold[figure])),
    ),
    error: byFigure(figure => median(results.map(one => one.error[figure]))),
    newestError: byFigure(figure =>
      median(results.map(one => one.newestError[figure])),
    ),
    bias: byFigure(figure => mean(one => one.bias[figure])),
    fetched: mean(one => one.fetched),
    requests: mean(one => one.requests),
    designEffect: mean(one => one.designEffect),
  };
}

interface Compared {
  isTold: Record<Figure, boolean>;
  isCovered: Record<Figure, boolean>;
  error: Record<Figure, number>;
  newestError: Record<Figure, number>;
  bias: Record<Figure, number>;
  fetched: number;
  requests: number;
  designEffect: number;
}

function compare(
  { traffic, truth }: { traffic: SimulatedTraffic; truth: LatencyStatistics },
  options: Parameters<typeof sampleHour>[1],
): Compared {
  const { statistics, fetched, requestCount } = sampleHour(traffic, options);
  const { estimate } = statistics ?? {};
  if (!statistics || !estimate) {
    throw new Error('The hour was read whole or not at all');
  }
  const newest = newestOfHour(traffic, fetched);
  const told = latencyStatistics(
    newest.durationsUs,
    newest.errors.reduce((sum, error) => sum + error, 0),
  ) as LatencyStatistics;
  const isCovered = byFigure(figure => {
    const bounds = estimate[figure];
    const value = valueOf(truth, figure);
    return bounds !== null && bounds.low <= value && value <= bounds.high;
  });
  return {
    isTold: byFigure(figure => estimate[figure] !== null),
    isCovered,
    bias: byFigure(figure => errorOf(statistics, truth, figure)),
    error: byFigure(figure => Math.abs(errorOf(statistics, truth, figure))),
    newestError: byFigure(figure => Math.abs(errorOf(told, truth, figure))),
    fetched,
    requests: requestCount,
    designEffect: estimate.designEffect,
  };
}

function byFigure<T>(of: (figure: Figure) => T): Record<Figure, T> {
  return {
    count: of('count'),
    errorRate: of('errorRate'),
    p50Us: of('p50Us'),
    p95Us: of('p95Us'),
    p99Us: of('p99Us'),
  };
}

function valueOf(statistics: LatencyStatistics, figure: Figure): number {
  return figure === 'errorRate'
    ? statistics.errorCount / statistics.count
    : statistics[figure];
}

function errorOf(
  told: LatencyStatistics,
  truth: LatencyStatistics,
  figure: Figure,
): number {
  const value = valueOf(truth, figure);
  return (valueOf(told, figure) - value) / value;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

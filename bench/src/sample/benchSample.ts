import type { BenchRow } from '../BenchRow';
import { proveSample, type SampleProof } from '../commonInternals';

const RUNS = 1_000;
const BUDGET = { traces: 1_500, bytes: 1e12, requests: 140 };

const TRAFFIC = {
  'slows by half in the middle': { isLively: true, isRegressing: true },
  'bursts, no change': { isLively: true, isRegressing: false },
  'even, no change': { isLively: false, isRegressing: false },
};
const QUARTER = 0.25;
/** Medians of a thousand runs are known to a twentieth; the first look costs as much. */
const NO_WORSE = 1.1;
const FIGURES = ['p50Us', 'p95Us'] as const;

const ORDERS = {
  newest: 'newest first',
  arrival: 'by arrival',
  any: 'without order',
} as const;

/**
 * An hour of ten million requests, 0.1 to 100 % of them traced, on stores of each
 * order: how often the bounds hold the truth, and how far the estimate is from it,
 * beside the newest traces, as many as were fetched. Of stores that don't send the
 * newest first a part of what is fetched can't be used, here as for the newest,
 * which are counted as if all could.
 */
export async function benchSample(): Promise<BenchRow[]> {
  return Object.entries(TRAFFIC).flatMap(([traffic, shape]) =>
    (['newest', 'arrival', 'any'] as const).flatMap(order => {
      const proof = proveSample({
        runs: order === 'newest' ? RUNS : RUNS / 4,
        shape,
        budget: BUDGET,
        level: 'normal',
        seed: 11,
        orders: [order],
      });
      const mostShare = shape.isRegressing ? QUARTER : NO_WORSE;
      return rowsOf(`${traffic}, ${ORDERS[order]}`, proof, {
        ...(order === 'newest' ? { mostShare } : {}),
      });
    }),
  );
}

function rowsOf(
  name: string,
  proof: SampleProof,
  { mostShare }: { mostShare?: number },
): BenchRow[] {
  return [
    { name: `${name}: traces fetched`, value: proof.fetched, unit: 'traces' },
    { name: `${name}: requests`, value: proof.requests, unit: 'requests' },
    { name: `${name}: design effect`, value: proof.designEffect, unit: 'x' },
    ...Object.entries(proof.coverage).map(([figure, share]) => ({
      name: `${name}: ${figure} outside of its 95 % bounds`,
      value: 100 * (1 - share),
      unit: '%',
      limit: mostOutside(proof.runs),
    })),
    ...FIGURES.flatMap(figure => [
      {
        name: `${name}: ${figure} of the newest, median error`,
        value: 100 * proof.newestError[figure],
        unit: '%',
      },
      {
        name: `${name}: ${figure} of the sample, median error`,
        value: 100 * proof.error[figure],
        unit: '%',
      },
      {
        name: `${name}: ${figure}, sample / newest`,
        value: proof.error[figure] / proof.newestError[figure],
        unit: 'x',
        ...(mostShare === undefined ? {} : { limit: mostShare }),
      },
    ]),
  ];
}

/** Seven in a hundred of a thousand runs; of fewer as many as these can't tell from it. */
function mostOutside(runs: number): number {
  return runs >= RUNS ? 7 : 7 + 200 * Math.sqrt((0.07 * 0.93) / runs);
}

import type { BenchRow } from '../BenchRow';
import { proveSample, type SampleProof } from '../commonInternals';

const RUNS = 1_000;
const BUDGET = { traces: 1_500, bytes: 1e12, requests: 140 };

const TRAFFIC = {
  'slows by half in the middle': { isLively: true, isRegressing: true },
  'bursts, no change': { isLively: true, isRegressing: false },
  'even, no change': { isLively: false, isRegressing: false },
};
const FIGURES = ['p50Us', 'p95Us'] as const;

/**
 * An hour of ten million requests, 0.1 to 100 % of them traced, on stores of each
 * order: how often the bounds hold the truth, and how far the estimate is from it,
 * beside the newest traces, as many as were fetched.
 */
export async function benchSample(): Promise<BenchRow[]> {
  return Object.entries(TRAFFIC).flatMap(([name, shape]) => {
    const proof = proveSample({
      runs: RUNS,
      shape,
      budget: BUDGET,
      level: 'normal',
      seed: 11,
    });
    return rowsOf(name, proof, shape.isRegressing);
  });
}

function rowsOf(
  name: string,
  proof: SampleProof,
  isChanging: boolean,
): BenchRow[] {
  return [
    { name: `${name}: traces fetched`, value: proof.fetched, unit: 'traces' },
    { name: `${name}: requests`, value: proof.requests, unit: 'requests' },
    { name: `${name}: design effect`, value: proof.designEffect, unit: 'x' },
    ...Object.entries(proof.coverage).map(([figure, share]) => ({
      name: `${name}: ${figure} outside of its 95 % bounds`,
      value: 100 * (1 - share),
      unit: '%',
      limit: 7,
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
        limit: isChanging ? 0.25 : 1,
      },
    ]),
  ];
}

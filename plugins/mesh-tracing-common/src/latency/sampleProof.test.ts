import { proveSample } from '../testing/sample/proveSample';

const BUDGET = { traces: 1_500, bytes: 1e12, requests: 140 };
const LEAST_COVERAGE = 0.93;

describe('an hour of ten million requests of which 0.1 to 100 % are traced', () => {
  it('lies within the 95 % bounds of its sample in 93 of 100 of a thousand seeded runs, and the error is at most a quarter of that of as many newest traces when requests slow down in the middle', () => {
    const { runs, coverage, told, error, newestError, fetched } = proveSample({
      runs: 1_000,
      shape: { isLively: true, isRegressing: true },
      budget: BUDGET,
      level: 'normal',
      orders: ['newest'],
      seed: 11,
    });
    expect(runs).toBe(1_000);
    expect(fetched).toBeLessThan(1_600);
    for (const figure of ['count', 'errorRate', 'p50Us', 'p95Us'] as const) {
      expect([figure, told[figure]]).toEqual([figure, 1]);
      expect(coverage[figure]).toBeGreaterThanOrEqual(LEAST_COVERAGE);
    }
    expect(coverage.p99Us).toBeGreaterThanOrEqual(LEAST_COVERAGE);
    expect(error.p50Us).toBeLessThanOrEqual(newestError.p50Us / 4);
    expect(error.p95Us).toBeLessThanOrEqual(newestError.p95Us / 4);
  }, 240_000);
});

import fc from 'fast-check';
import { latencyStatistics } from './latencyStatistics';
import { quantile } from '../shared/quantile';

/** The value that exactly `n` others precede, whatever their order. */
function nthSmallest(values: number[], n: number): number {
  return values.find(
    value =>
      values.filter(other => other < value).length <= n &&
      values.filter(other => other <= value).length > n,
  ) as number;
}

describe('quantile', () => {
  it('interpolates between the nearest ranks', () => {
    expect(quantile([10, 20, 30, 40], 0.5)).toBe(25);
    expect(quantile([10, 20, 30, 40], 0)).toBe(10);
    expect(quantile([10, 20, 30, 40], 1)).toBe(40);
    expect(quantile([7], 0.99)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('equals the definition, by counting', () => {
    const values = fc.array(fc.nat({ max: 50 }), { minLength: 1 });
    const share = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(values, share, (list, percent) => {
        const sorted = [...list].sort((a, b) => a - b);
        const rank = (percent * (list.length - 1)) / 100;
        const low = nthSmallest(list, Math.floor(rank));
        const high = nthSmallest(list, Math.ceil(rank));
        expect(quantile(sorted, percent / 100)).toBeCloseTo(
          low * (1 - (rank % 1)) + high * (rank % 1),
          9,
        );
      }),
    );
  });
});

describe('latencyStatistics', () => {
  it('is null without a request', () => {
    expect(latencyStatistics([])).toBeNull();
  });

  it('equals the definition on any durations', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), durations => {
        const statistics = latencyStatistics(durations);
        expect(statistics?.minUs).toBe(Math.min(...durations));
        expect(statistics?.maxUs).toBe(Math.max(...durations));
        expect(statistics?.meanUs).toBeCloseTo(
          durations.reduce((mean, value) => mean + value / durations.length, 0),
          3,
        );
      }),
    );
  });

  it('is exact, in whatever order, and leaves its input as it was', () => {
    const durations = [30, 10, 20];
    expect(latencyStatistics(durations, 1)).toMatchObject({
      count: 3,
      errorCount: 1,
      meanUs: 20,
      minUs: 10,
      maxUs: 30,
      p50Us: 20,
      p75Us: 25,
    });
    expect(durations).toEqual([30, 10, 20]);
  });
});

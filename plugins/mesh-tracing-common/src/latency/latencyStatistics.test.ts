import fc from 'fast-check';
import { latencyStatistics } from './latencyStatistics';
import { quantile } from './quantile';

describe('quantile', () => {
  it('interpolates between the nearest ranks', () => {
    expect(quantile([10, 20, 30, 40], 0.5)).toBe(25);
    expect(quantile([10, 20, 30, 40], 0)).toBe(10);
    expect(quantile([10, 20, 30, 40], 1)).toBe(40);
    expect(quantile([7], 0.99)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('leaves at least the share q at or below it', () => {
    const values = fc.array(fc.nat({ max: 1000 }), { minLength: 1 });
    const share = fc.integer({ min: 0, max: 100 }).map(n => n / 100);
    fc.assert(
      fc.property(values, share, (list, q) => {
        const sorted = [...list].sort((a, b) => a - b);
        const result = quantile(sorted, q);
        const rank = q * (sorted.length - 1);
        expect(result).toBeGreaterThanOrEqual(
          sorted[Math.floor(rank)] as number,
        );
        expect(result).toBeLessThanOrEqual(sorted[Math.ceil(rank)] as number);
      }),
    );
  });
});

describe('latencyStatistics', () => {
  it('is null without a request', () => {
    expect(latencyStatistics([])).toBeNull();
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

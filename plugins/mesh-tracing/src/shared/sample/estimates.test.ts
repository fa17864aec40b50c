import fc from 'fast-check';
import {
  formatDurationBounds,
  formatShareBounds,
  isWithinNoise,
  precisionOf,
  roundedCount,
} from './estimates';

describe('an estimated figure', () => {
  it.each([
    [12_345, undefined, 12_300],
    [12_345, { low: 12_000, high: 12_700 }, 12_300],
    [12_345, { low: 9_000, high: 15_000 }, 12_000],
    [205, { low: 100, high: 300 }, 210],
    [7.4, { low: 2, high: 20 }, 7],
    [0.2, undefined, 1],
    [0, undefined, 0],
  ])('of %d with bounds %o is told as %d', (count, bounds, told) => {
    expect(roundedCount(count, bounds)).toBe(told);
  });

  it('is never told further away than its own precision', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 10, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, share) => {
          const bounds = {
            low: count * (1 - share),
            high: count * (1 + share),
          };
          const error = Math.abs(roundedCount(count, bounds) - count);
          expect(error).toBeLessThanOrEqual(Math.max(0.05 * count, 0.5));
        },
      ),
    );
  });

  it.each([
    [1_210_000, 1_180_000, 1_250_000, '1.18–1.25'],
    [1_000_000, 980_000, 1_020_000, '980 ms–1.02 s'],
    [125_000_000, 120_000_000, 130_000_000, '2 min–2 min 10 s'],
    [1_210_000, 1_210_000, 1_210_000, ''],
  ])(
    'of %d µs between %d and %d has the bounds “%s”',
    (value, low, high, text) => {
      expect(formatDurationBounds(value, { low, high })).toBe(text);
    },
  );

  it('has bounds of shares in percent, and none where it is exact', () => {
    expect(formatShareBounds({ low: 0.009, high: 0.04 })).toBe('0.9–4 %');
    expect(formatShareBounds({ low: 0.5, high: 0.5 })).toBe('');
  });

  it('is as precise as its wider side', () => {
    expect(precisionOf(100, { low: 98, high: 105 })).toBeCloseTo(0.05);
    expect(precisionOf(100, null)).toBeUndefined();
    expect(precisionOf(0, { low: 0, high: 1 })).toBeUndefined();
  });
});

describe('a difference of two figures', () => {
  const figure = (value: number, spread: number) => ({
    value,
    bounds: { low: value - spread, high: value + spread },
  });

  it('is within the noise where both are more uncertain than it', () => {
    expect(isWithinNoise(figure(100, 10), figure(110, 10))).toBe(true);
    expect(isWithinNoise(figure(110, 10), figure(100, 10))).toBe(true);
  });

  it('is none where it is larger than what they are uncertain by together', () => {
    expect(isWithinNoise(figure(100, 10), figure(115, 10))).toBe(false);
  });

  it('is none between exact figures, however small', () => {
    expect(isWithinNoise({ value: 100 }, { value: 101 })).toBe(false);
  });

  it('is within the noise where a sample is too small to tell', () => {
    expect(isWithinNoise({ value: 1, bounds: null }, { value: 100 })).toBe(
      true,
    );
  });
});

import { parseDuration } from './parseDuration';

describe('parseDuration', () => {
  it.each([
    ['', undefined],
    ['250ms', 250_000],
    ['1.5 s', 1_500_000],
    ['2m', 120_000_000],
    ['7 µs', 7],
    ['12', NaN],
    ['-1s', NaN],
  ])('reads "%s"', (text, durationUs) => {
    expect(parseDuration(text)).toBe(durationUs);
  });
});

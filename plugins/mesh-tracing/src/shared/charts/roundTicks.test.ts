import fc from 'fast-check';
import { roundTicks } from './roundTicks';

describe('ticks of a scale that begins at 0', () => {
  it.each([
    [1_210_000, [0, 250_000, 500_000, 750_000, 1_000_000, 1_250_000]],
    [369, [0, 100, 200, 300, 400]],
    [5, [0, 1, 2, 3, 4, 5]],
  ])('are round for %d', (highest, ticks) => {
    expect(roundTicks(highest).ticks).toEqual(ticks);
  });

  it('hold the highest figure, and are few', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), highest => {
        const { domain, ticks } = roundTicks(highest);
        expect(domain[1]).toBeGreaterThanOrEqual(highest * (1 - 1e-12));
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});

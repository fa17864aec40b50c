import fc from 'fast-check';
import { timeTicks } from './timeTicks';

const at = Date.UTC(2026, 10, 27, 14, 3, 7, 250);

describe('the ticks of a time axis', () => {
  it('never repeat a label, however short or long the axis', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * 86_400_000 }),
        fc.constantFrom(0, 3, 900, 4_000, 70_000, 600_000, 3.7e6, 9e7, 3e9),
        fc.double({ min: 1, max: 1.9, noNaN: true }),
        (shiftMs, rangeMs, factor) => {
          const start = at + shiftMs;
          const end = start + Math.round(rangeMs * factor);
          const { ticks, label } = timeTicks(start, end, 6);
          const labels = ticks.map(label);
          expect(new Set(labels).size).toBe(labels.length);
          expect(ticks.length).toBeLessThanOrEqual(6);
          expect(ticks.every(tick => tick >= start && tick <= end)).toBe(true);
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  it.each([
    [2_000, 500],
    [40_000, 10_000],
    [900_000, 300_000],
    [3_600_000, 900_000],
    [86_400_000, 6 * 3_600_000],
  ])('stand at round moments: %d ms in steps of %d', (rangeMs, stepMs) => {
    const { ticks } = timeTicks(at, at + rangeMs, 6);
    const [first = 0, second = 0] = ticks;
    const localMs = first - new Date(first).getTimezoneOffset() * 60_000;
    expect(localMs % stepMs).toBe(0);
    expect(second - first).toBe(stepMs);
  });
});

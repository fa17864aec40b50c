import { timeTicks } from './timeTicks';

const at = Date.UTC(2026, 10, 27, 14, 3, 7, 250);

describe('the ticks of a time axis', () => {
  const ranges = [0, 3, 900, 4_000, 70_000, 600_000, 3.7e6, 2e7, 9e7, 4e8, 3e9];

  it.each(ranges)('never repeat a label on an axis of %d ms', rangeMs => {
    for (let shiftMs = 0; shiftMs < 86_400_000; shiftMs += 1_234_567) {
      const start = at + shiftMs;
      const end = start + rangeMs;
      const { ticks, label } = timeTicks(start, end, 6);
      const labels = ticks.map(label);
      expect(labels).toEqual([...new Set(labels)]);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.filter(tick => tick < start || tick > end)).toEqual([]);
    }
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

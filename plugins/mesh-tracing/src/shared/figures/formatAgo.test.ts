import { formatAgo } from './formatAgo';

describe('how long ago something was', () => {
  it.each([
    [0, 'now'],
    [999, 'now'],
    [12_000, '12 seconds ago'],
    [119_999, '1 minute ago'],
    [7_200_000, '2 hours ago'],
    [86_400_000 * 3, '3 days ago'],
    [-5_000, 'now'],
  ])('is told in whole units: %d ms', (agoMs, words) => {
    expect(formatAgo(1_000_000_000_000 - agoMs, 1_000_000_000_000)).toBe(words);
  });
});

import { compareLatency } from './compareLatency';
import { latencyStatistics } from './latencyStatistics';

describe('compareLatency', () => {
  const requests = (count: number, durationUs: number, errors = 0) => {
    const statistics = latencyStatistics(
      Array.from({ length: count }, (_, i) => durationUs + (i % 5)),
      errors,
    );
    if (!statistics) {
      throw new Error('No requests');
    }
    return statistics;
  };

  it.each([
    [requests(50, 1000), requests(50, 1500), 'slower'],
    [requests(50, 1000), requests(50, 500), 'faster'],
    [requests(50, 1000), requests(50, 1010), 'similar'],
    [requests(200, 1000, 2), requests(200, 1000, 40), 'more errors'],
    [requests(200, 1000, 40), requests(200, 1500, 2), 'fewer errors'],
    [requests(5, 1000), requests(50, 9000), 'too few requests'],
  ])(
    'weighs errors more than latency, and asks for twenty requests on either side: %#',
    (before, after, verdict) => {
      expect(compareLatency(before, after).verdict).toBe(verdict);
    },
  );
});

describe('a longer tail of latency', () => {
  const withTail = (count: number, tailUs: number) => {
    const durations = Array.from({ length: count }, (_, i) =>
      i % 10 === 0 ? tailUs : 1_000,
    );
    const statistics = latencyStatistics(durations);
    if (!statistics) {
      throw new Error('No requests');
    }
    return statistics;
  };

  it.each([
    [200, 'slower'],
    [60, 'similar'],
  ])('of %d requests is %s, with the same median', (count, verdict) => {
    expect(
      compareLatency(withTail(count, 2_000), withTail(count, 4_000)).verdict,
    ).toBe(verdict);
  });
});

import {
  coverage,
  traceSummary, NOW_MS } from '../../testing';
import { joinCoverage } from './joinCoverage';

const page = (
  numbers: number[],
  patch: Parameters<typeof coverage>[0] = {},
) => ({
  traces: numbers.map(number => traceSummary(number)),
  coverage: coverage({
    fetchedCount: numbers.length,
    matchedCount: numbers.length,
    ...patch,
  }),
});

describe('joinCoverage', () => {
  it('leaves a single page as it is', () => {
    const only = page([1, 2]);
    expect(joinCoverage([only], 2)).toBe(only.coverage);
  });

  it('adds up what was read, and ends where the last page ends', () => {
    const joined = joinCoverage(
      [
        page([1, 2], { complete: false, fetchedCount: 10, belongingCount: 4 }),
        page([3, 4], {
          complete: false,
          fetchedCount: 20,
          belongingCount: 5,
          matchedCount: 3,
          oldestStartTimeMs: NOW_MS - 4_000,
          filteredHere: ['errors'],
        }),
      ],
      4,
    );
    expect(joined).toEqual({
      complete: false,
      fetchedCount: 30,
      belongingCount: 9,
      matchedCount: 5,
      oldestStartTimeMs: NOW_MS - 4_000,
      filteredHere: ['errors'],
      failures: [],
    });
  });

  it('is not complete when a name failed on the way', () => {
    const failure = { service: 'checkout', message: 'took too long' };
    const joined = joinCoverage(
      [page([1], { complete: false, failures: [failure] }), page([2])],
      2,
    );
    expect(joined).toMatchObject({ complete: false, failures: [failure] });
    expect(joined).not.toHaveProperty('oldestStartTimeMs');
  });

  it('is not complete when an instant on the way held more than a page', () => {
    const joined = joinCoverage(
      [
        page([1], {
          complete: false,
          continueAtMs: NOW_MS - 1_000.001,
          incompleteBecause: ['older', 'same-instant'],
        }),
        page([2]),
      ],
      2,
    );
    expect(joined).toMatchObject({
      complete: false,
      incompleteBecause: ['same-instant'],
    });
    expect(joined).not.toHaveProperty('continueAtMs');
  });
});

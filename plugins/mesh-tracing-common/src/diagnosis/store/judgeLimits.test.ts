import { judgeLimits, limitsUnread, type LimitsFacts } from './judgeLimits';

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;
const facts = (patch: Partial<LimitsFacts> = {}): LimitsFacts => ({
  store: 'main',
  atMs: NOW,
  startTimeMs: NOW - 60 * MINUTE,
  endTimeMs: NOW,
  readCount: 100,
  newestMs: NOW - 5_000,
  oldestMs: NOW - 59 * MINUTE,
  distanceMs: 2_000,
  isWhole: true,
  skewMs: 0,
  comparedCount: 80,
  cuts: [],
  ...patch,
});
const verdictOf = (patch: Partial<LimitsFacts>) => {
  const { code, verdict } = judgeLimits(facts(patch));
  return code ? `${verdict} ${code}` : verdict;
};

describe('the rung of clocks and limits', () => {
  it('is good where clocks agree, spans are new and the window is held', () => {
    expect(verdictOf({})).toBe('good');
    expect(verdictOf({ skewMs: undefined, comparedCount: 0 })).toBe('good');
  });

  it('is broken where spans lie in the future, but not where they are a few seconds ahead', () => {
    expect(verdictOf({ afterMs: NOW + 60 * MINUTE })).toBe(
      'broken limits-spans-in-future',
    );
    expect(verdictOf({ afterMs: NOW + 30_000 })).toBe('good');
  });

  it('is broken where spans lie before the window and before their callers, and unknown where nothing tells', () => {
    const none = { readCount: 0, newestMs: undefined, oldestMs: undefined };
    expect(verdictOf({ ...none, beforeSkewMs: -60 * MINUTE })).toBe(
      'broken limits-spans-in-past',
    );
    expect(verdictOf({ ...none, beforeSkewMs: 0 })).toBe(
      'unknown limits-unread',
    );
    expect(verdictOf(none)).toBe('unknown limits-unread');
  });

  it.each([
    [900, 'good'],
    [-900, 'good'],
    [2_000, 'doubtful limits-clock-skew'],
    [-2_000, 'doubtful limits-clock-skew'],
    [3_600_000, 'broken limits-clock-off'],
    [-3_600_000, 'broken limits-clock-off'],
  ])('takes a skew of %d ms in the traces as %s', (skewMs, verdict) => {
    expect(verdictOf({ skewMs })).toBe(verdict);
  });

  it('is doubtful where the newest span is far older than their usual distance, in a window that ends now', () => {
    const newestMs = NOW - 10 * MINUTE;
    expect(verdictOf({ newestMs })).toBe('doubtful limits-spans-late');
    expect(verdictOf({ newestMs, distanceMs: 5 * MINUTE })).toBe('good');
    expect(verdictOf({ newestMs, endTimeMs: NOW - 10 * MINUTE })).toBe('good');
  });

  it('is doubtful where requests were counted in a first part of the window without a trace', () => {
    const late = { oldestMs: NOW - 20 * MINUTE, earlyRequestsPerSecond: 3 };
    expect(verdictOf(late)).toBe('doubtful limits-retention');
    expect(verdictOf({ ...late, earlyRequestsPerSecond: 0 })).toBe('good');
    expect(verdictOf({ ...late, isWhole: false })).toBe('good');
    expect(verdictOf({ ...late, oldestMs: NOW - 55 * MINUTE })).toBe('good');
  });

  it('tells what cut answers short', () => {
    const { evidence } = judgeLimits(facts({ cuts: ['same-instant'] }));
    expect(evidence.map(({ seen }) => seen)).toContain(
      'Answers were cut: same-instant.',
    );
  });

  it('is unknown where no trace could be read', () => {
    expect(limitsUnread('It is away.', NOW).code).toBe('limits-unread');
  });
});

import { resolveWindow } from './resolveWindow';

const HOUR = 3_600_000;
const NOW = 10 * HOUR;

describe('resolveWindow', () => {
  it('is the last hour by default', () => {
    expect(resolveWindow({}, NOW)).toEqual({
      startTimeMs: NOW - HOUR,
      endTimeMs: NOW,
    });
  });

  it('fills in what is missing', () => {
    expect(resolveWindow({ startTimeMs: 5 }, NOW).endTimeMs).toBe(NOW);
    expect(resolveWindow({ endTimeMs: 2 * HOUR }, NOW).startTimeMs).toBe(HOUR);
    expect(resolveWindow({ endTimeMs: 5 }, NOW).startTimeMs).toBe(0);
  });

  it('takes another length', () => {
    expect(resolveWindow({}, NOW, 2 * HOUR).startTimeMs).toBe(8 * HOUR);
  });

  it('refuses a window that ends before it starts', () => {
    expect(() => resolveWindow({ startTimeMs: 2, endTimeMs: 1 }, NOW)).toThrow(
      'startTimeMs must be before endTimeMs',
    );
  });
});

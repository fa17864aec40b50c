import { parseTimeRange, windowOf } from '../address/timeRange';
import { serviceColour } from '../names/serviceColour';
import { formatBytes, formatDuration, formatShare, formatSpan } from './format';

describe('formats', () => {
  it.each([
    [0, '0 µs'],
    [0.5, '0.5 µs'],
    [870, '870 µs'],
    [999.6, '1 ms'],
    [12_345, '12.3 ms'],
    [999_600, '1 s'],
    [1_420_000, '1.42 s'],
    [125_000_000, '2 min 5 s'],
  ])('writes %d microseconds as %s', (durationUs, text) => {
    expect(formatDuration(durationUs)).toBe(text);
  });

  it('writes spans with two units at most', () => {
    expect(formatSpan(0)).toBe('0 s');
    expect(formatSpan(3_600_000)).toBe('1 h');
    expect(formatSpan(90_061_000)).toBe('1 d 1 h');
  });

  it('writes a dash for a share of nothing, which is not zero', () => {
    expect(formatShare(0, 0)).toBe('–');
    expect(formatShare(0, 10)).toBe('0 %');
    expect(formatShare(1, 250)).toBe('0.4 %');
  });

  it('writes bytes with a prefix', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(5_000_000_000)).toBe('5 GB');
  });
});

describe('colour of a service', () => {
  it('depends on the name alone', () => {
    expect(serviceColour('checkout.shop')).toEqual(
      serviceColour('checkout.shop'),
    );
    expect(serviceColour('checkout.shop')).not.toEqual(
      serviceColour('payments.shop'),
    );
  });
});

describe('time range', () => {
  it('reads ranges that end now, and fixed ones', () => {
    const relative = parseTimeRange(new URLSearchParams('range=15m'));
    expect(windowOf(relative, 1_000_000)).toEqual({
      startTimeMs: 100_000,
      endTimeMs: 1_000_000,
    });
    const fixed = parseTimeRange(new URLSearchParams('from=5&to=9&range=1h'));
    expect(windowOf(fixed, 1_000_000)).toEqual({
      startTimeMs: 5,
      endTimeMs: 9,
    });
  });

  it.each(['', 'range=toString', 'from=9&to=5', 'from=x&to=5', 'to=5'])(
    'falls back to the last hour for "%s"',
    search => {
      expect(parseTimeRange(new URLSearchParams(search))).toEqual({
        kind: 'relative',
        range: '1h',
      });
    },
  );
});

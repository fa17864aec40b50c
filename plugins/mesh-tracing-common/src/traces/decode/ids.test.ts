import { displayTraceId, normalizeSpanId, normalizeTraceId } from './ids';
import { padded } from '../../testing/traces/storedSpans';

describe('trace and span ids', () => {
  it('are padded to full length, in lower case, and also read from base64', () => {
    expect(normalizeTraceId('AB')).toBe('ab'.padStart(32, '0'));
    expect(normalizeTraceId('AAAAAAAAAAAAAAAAAAAAqw==')).toBe(
      'ab'.padStart(32, '0'),
    );
    expect(normalizeSpanId('AAAAAAAAAAE=')).toBe(padded('1'));
    expect(normalizeTraceId(btoa('AB'.padStart(32, '0')))).toBe(
      'ab'.padStart(32, '0'),
    );
    expect(normalizeSpanId(btoa(padded('AB')))).toBe(padded('ab'));
    expect(normalizeSpanId(btoa('no id at all, 16'))).toBeUndefined();
    expect(normalizeSpanId('0000000000000000')).toBeUndefined();
    expect(normalizeTraceId('../../etc')).toBeUndefined();
    expect(displayTraceId('ab'.padStart(32, '0'))).toBe('ab'.padStart(16, '0'));
  });
});

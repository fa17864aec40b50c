/**
 * A point in time: whole microseconds since the epoch, and nanoseconds beyond
 * (0..999). A double holds the former exactly until the year 2255, but not both
 * together.
 */
export interface Timestamp {
  us: number;
  ns: number;
}

/** What a store sent as "no time": zero, NaN, or absurd. */
export const NO_TIME: Timestamp = { us: 0, ns: 0 };

/** Times and durations beyond are not believed: microseconds. */
export const MAX_TIME_US = Number.MAX_SAFE_INTEGER;

function inRange(us: number, ns: number): Timestamp {
  return us > 0 && us < MAX_TIME_US ? { us, ns } : NO_TIME;
}

/** From Jaeger JSON: microseconds, as a number or decimal string. */
export function timestampFromUs(value: unknown): Timestamp {
  const us = typeof value === 'string' ? Number(value) : value;
  if (typeof us !== 'number' || !Number.isFinite(us)) {
    return NO_TIME;
  }
  const whole = Math.floor(us);
  return inRange(whole, Math.round((us - whole) * 1000));
}

/** From OTLP JSON: nanoseconds, as a decimal string or number. */
export function timestampFromNs(value: unknown): Timestamp {
  if (typeof value === 'string') {
    if (!/^\d{1,25}$/.test(value)) {
      return NO_TIME;
    }
    const ns = Number(value.slice(-3));
    return inRangeWithNs(Number(value.slice(0, -3)), ns);
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    return NO_TIME;
  }
  return inRangeWithNs(
    Math.floor(value / 1000),
    Math.floor(value) - Math.floor(value / 1000) * 1000,
  );
}

function inRangeWithNs(us: number, ns: number): Timestamp {
  return us === 0 && ns > 0 ? { us, ns } : inRange(us, ns);
}

export function isTime(time: Timestamp): boolean {
  return time.us > 0 || time.ns > 0;
}

/** `to - from` in microseconds; fractions hold nanoseconds. May be negative. */
export function microsecondsBetween(from: Timestamp, to: Timestamp): number {
  return ((to.us - from.us) * 1000 + (to.ns - from.ns)) / 1000;
}

/** A duration that can be trusted: not NaN, not negative, not absurd. */
export function boundedDurationUs(value: unknown): number {
  const us = typeof value === 'string' ? Number(value) : value;
  if (typeof us !== 'number' || Number.isNaN(us) || us <= 0) {
    return 0;
  }
  return Math.min(us, MAX_TIME_US);
}

/** How far a number of milliseconds since the epoch may be off, in microseconds. */
const ROUNDING_US = 0.3;

/**
 * A point in time in whole microseconds since the epoch, which is how exactly
 * stores search.
 *
 * @param towards - where a fraction of a microsecond goes
 */
export function microsecondsOf(ms: number, towards: 'earlier' | 'later') {
  const us = ms * 1000;
  const nearest = Math.round(us);
  if (Math.abs(us - nearest) <= ROUNDING_US) {
    return nearest;
  }
  return towards === 'earlier' ? Math.floor(us) : Math.ceil(us);
}

/** Milliseconds since the epoch; whole microseconds come back from them as they were. */
export function millisecondsOf(us: number): number {
  return us / 1000;
}

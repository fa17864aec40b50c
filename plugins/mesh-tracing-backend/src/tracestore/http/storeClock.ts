import type { IncomingHttpHeaders } from 'node:http';

/** How a store's clock stands to the portal's. */
export interface StoreClock {
  /** Positive where the store's is ahead. */
  aheadMs: number;
  /** How far off that may be: HTTP tells whole seconds, and requests take time. */
  errorMs: number;
}

/**
 * The store's clock by the `Date` of an answer. Undefined where there is none, or
 * where a cache kept the answer (`Age`).
 * Source: RFC 9110, section 6.6.1.
 */
export function storeClock(
  { date, age }: IncomingHttpHeaders,
  sentAtMs: number,
  receivedAtMs: number,
): StoreClock | undefined {
  const toldMs = typeof date === 'string' ? Date.parse(date) : NaN;
  if (!Number.isFinite(toldMs) || (age !== undefined && age !== '0')) {
    return undefined;
  }
  const tookMs = Math.max(0, receivedAtMs - sentAtMs);
  // The second that was told has begun, and may be almost over.
  return {
    aheadMs: toldMs + 500 - (sentAtMs + tookMs / 2),
    errorMs: 500 + tookMs / 2,
  };
}

import type { ProxyAcceptance } from 'backstage-plugin-mesh-tracing-common';

/** By how much the clocks of the portal, the API server and istiod may differ. */
const CLOCK_SKEW_MS = 30_000;

/**
 * Whether a proxy refuses what it was sent at the time of a change or after. What it
 * was sent before can't be due to the change; where istiod doesn't say when, it may.
 */
export function isRefusedSince(
  { behind, state }: ProxyAcceptance,
  changedAtMs: number,
): boolean {
  return (
    state === 'refused' &&
    behind.some(({ refused, sentAt }) => {
      const isBefore =
        sentAt !== undefined &&
        Date.parse(sentAt) < changedAtMs - CLOCK_SKEW_MS;
      return refused && !isBefore;
    })
  );
}

/** How often an alert would have fired, and for how long together. */
export interface Firings {
  count: number;
  minutes: number;
}

/**
 * Counts the stretches in which a condition held for long enough.
 *
 * @param heldAtMs - moments of the course at which it held, ascending, milliseconds
 *   since the epoch
 */
export function firingsOf(
  heldAtMs: number[],
  { stepMs, forMinutes }: { stepMs: number; forMinutes: number },
): Firings {
  const firings: Firings = { count: 0, minutes: 0 };
  let beganMs: number | undefined;
  heldAtMs.forEach((atMs, index) => {
    beganMs ??= atMs;
    const nextMs = heldAtMs[index + 1];
    const goesOn = nextMs !== undefined && nextMs - atMs <= stepMs;
    if (!goesOn) {
      const heldMs = atMs - beganMs;
      const waitedMs = forMinutes * 60_000;
      if (heldMs >= waitedMs) {
        firings.count += 1;
        firings.minutes += (heldMs + stepMs - waitedMs) / 60_000;
      }
      beganMs = undefined;
    }
  });
  return firings;
}

/**
 * Parts per 10,000 as Envoy applies a percentage: multiplied in floating point
 * and truncated, so 0.29 gives 28 and everything below 0.01 gives 0.
 */
export function samplingParts(percent: number): number {
  if (Number.isNaN(percent)) return 0;
  return Math.trunc(Math.min(Math.max(percent, 0), 100) * 100);
}

/**
 * How much one caller may hold of what callers share. A third, and at least one, is
 * left to the others; where there is only one, a caller may hold it.
 */
export function shareOf(total: number): number {
  return Math.max(1, total - Math.max(1, Math.floor(total / 3)));
}

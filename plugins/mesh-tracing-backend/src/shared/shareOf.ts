/**
 * What one caller may hold of something that callers share: a third is left to
 * others, at least one, where there are two.
 */
export function shareOf(total: number): number {
  return Math.max(1, total - Math.max(1, Math.floor(total / 3)));
}

/**
 * Levenshtein distance, up to a bound.
 *
 * @returns a larger number than `most` where the texts are further apart
 */
export function boundedDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) {
    return most + 1;
  }
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const cost = Math.min(
        replaced,
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
      );
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) {
      return most + 1;
    }
    row = next;
  }
  return Math.min(row[b.length] ?? 0, most + 1);
}

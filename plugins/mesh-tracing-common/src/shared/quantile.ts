/**
 * The `q`-quantile (0..1) of values in ascending order, with linear interpolation
 * between the two nearest ranks: type 7 of Hyndman and Fan, as spreadsheets and
 * NumPy compute it. NaN without values.
 */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const last = sorted.length - 1;
  if (last < 0) {
    return NaN;
  }
  const position = Math.min(Math.max(q, 0), 1) * last;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, last)] as number;
  const fraction = position - below;
  return fraction === 0 ? low : low + (high - low) * fraction;
}

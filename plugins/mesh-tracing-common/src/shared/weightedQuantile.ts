/** Values in ascending order with the weight of each. */
export interface WeighedValues {
  values: Float64Array;
  /** Sum of the weights up to the middle of each, of all values 0..1 as positions. */
  positions: Float64Array;
}

/**
 * Places values on a scale from 0, the lowest, to 1, the highest, by half the
 * weight of each and that of all between, so that equal weights give the ranks
 * of `quantile`.
 */
export function weighedValues(
  values: Float64Array,
  weights: Float64Array,
): WeighedValues {
  const positions = new Float64Array(values.length);
  let at = 0;
  for (let i = 1; i < values.length; i++) {
    at += ((weights[i - 1] as number) + (weights[i] as number)) / 2;
    positions[i] = at;
  }
  for (let i = 1; i < values.length; i++) {
    positions[i] = (positions[i] as number) / at;
  }
  return { values, positions };
}

/** Index of the last value at or below a position. */
function indexAt(positions: Float64Array, share: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] as number) <= share) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Math.max(0, low - 1);
}

/** The `q`-quantile (0..1) by weight; with equal weights that of `quantile`. */
export function weightedQuantile(
  { values, positions }: WeighedValues,
  q: number,
): number {
  const below = indexAt(positions, q);
  const low = values[below] as number;
  const high = values[Math.min(below + 1, values.length - 1)] as number;
  const from = positions[below] as number;
  const to = positions[Math.min(below + 1, values.length - 1)] as number;
  const fraction =
    to > from ? Math.min(1, Math.max(0, (q - from) / (to - from))) : 0;
  return fraction === 0 ? low : low + (high - low) * fraction;
}

/** Index of the value that is nearest to a quantile, in ascending order. */
export function indexNearQuantile(
  { positions }: WeighedValues,
  q: number,
): number {
  const below = indexAt(positions, q);
  const above = Math.min(below + 1, positions.length - 1);
  return q - (positions[below] as number) <= (positions[above] as number) - q
    ? below
    : above;
}

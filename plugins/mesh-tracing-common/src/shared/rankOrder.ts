/**
 * Indices of some numbers, none of them negative, in ascending order of these.
 */
export function rankOrder(values: ArrayLike<number>): Uint32Array {
  const count = values.length;
  let most = 0;
  let areWhole = true;
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    most = Math.max(most, value);
    areWhole &&= Number.isInteger(value) && value >= 0;
  }
  if (areWhole && (most + 1) * count < Number.MAX_SAFE_INTEGER) {
    // Value and index in one number each: such arrays are sorted without a call
    // for each comparison.
    const keys = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      keys[i] = (values[i] as number) * count + i;
    }
    return Uint32Array.from(keys.sort(), key => key % count);
  }
  return Uint32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => (values[a] as number) - (values[b] as number) || a - b,
  );
}

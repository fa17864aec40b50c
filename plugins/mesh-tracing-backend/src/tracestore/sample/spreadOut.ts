/**
 * Items of a row in such an order that however many are taken, those lie all along
 * it: the first, then the middle, then the quarters (van der Corput's sequence).
 */
export function spreadOut<T>(row: readonly T[]): T[] {
  const bits = Math.ceil(Math.log2(Math.max(1, row.length)));
  const spread: T[] = [];
  for (let at = 0; at < 2 ** bits; at++) {
    let mirrored = 0;
    for (let bit = 0; bit < bits; bit++) {
      mirrored = mirrored * 2 + (Math.floor(at / 2 ** bit) % 2);
    }
    spread.push(...row.slice(mirrored, mirrored + 1));
  }
  return spread;
}

/** Quantile of the normal distribution for 95 % confidence, two-sided. */
export const Z_95 = 1.959964;

/**
 * Wilson's interval of a share: holds for few requests, and for 0 and all of them.
 *
 * @param count - of `of`; need not be whole
 * @param z - quantile of the normal distribution for the wanted confidence
 * @returns bounds of the share, 0 to 1
 */
export function wilson(
  count: number,
  of: number,
  z: number = Z_95,
): [low: number, high: number] {
  if (of <= 0) {
    return [0, 1];
  }
  const share = count / of;
  const z2 = z * z;
  const centre = share + z2 / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  const scale = 1 + z2 / of;
  return [
    Math.max(0, (centre - spread) / scale),
    Math.min(1, (centre + spread) / scale),
  ];
}

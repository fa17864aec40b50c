import type { EstimateBounds } from './model';

export const Z_95 = 1.959964;
const FEWEST_DEGREES = 3;

/** How many standard errors hold 95 %, by the degrees of freedom (Hill's expansion). */
export function studentQuantile(degrees: number): number {
  const df = Math.max(FEWEST_DEGREES, degrees);
  const z = Z_95;
  return (
    z +
    (z ** 3 + z) / (4 * df) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * df ** 3)
  );
}

/**
 * Wilson's interval of a share: holds for few observations, and for none and all
 * of them.
 *
 * @param of - observations, as many as tell as much as independent ones
 */
export function shareBounds(
  share: number,
  of: number,
  errors = Z_95,
): EstimateBounds {
  if (!(of > 0)) {
    return { low: 0, high: 1 };
  }
  if (of === Infinity) {
    return { low: share, high: share };
  }
  const z2 = errors * errors;
  const centre = share + z2 / (2 * of);
  const spread =
    errors * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  const scale = 1 + z2 / of;
  return {
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}

/**
 * Bounds of a count, skewed as those of rare events are (Wilson and Hilferty's
 * approximation of the gamma distribution).
 */
export function countBounds(
  count: number,
  variance: number,
  errors = Z_95,
): EstimateBounds {
  if (variance <= 0 || count <= 0) {
    return { low: count, high: count };
  }
  const events = (count * count) / variance;
  const cubed = (n: number, sign: number) =>
    n *
    Math.max(0, 1 - 1 / (9 * n) + (sign * errors) / (3 * Math.sqrt(n))) ** 3;
  return {
    low: (count / events) * cubed(events, -1),
    high: (count / events) * cubed(events + 1, 1),
  };
}

/** Sorts after every version that exists; stands for an unknown version. */
const NEWEST = Number.POSITIVE_INFINITY;

const VERSION = /^\s*v?(\d+)\.(\d+)(?:\.(\d+))?/;

/** An Istio release as `MAJOR.MINOR.PATCH`, for comparisons. */
export function istioVersion(major: number, minor: number, patch = 0): number {
  return major * 1e8 + minor * 1e4 + patch;
}

/**
 * A version text as a number that compares like the version. Unknown and
 * unreadable versions count as the newest, and a missing patch level as the
 * newest patch, as istiod treats a proxy that reports none.
 */
export function parseIstioVersion(text: unknown): number {
  if (typeof text !== 'string') return NEWEST;
  const match = VERSION.exec(text);
  if (!match) return NEWEST;
  const patch = match[3] === undefined ? 9999 : Number(match[3]);
  return istioVersion(Number(match[1]), Number(match[2]), patch);
}

/**
 * Whether a version `MAJOR.MINOR…` is at least `major.minor`. Unknown counts as
 * the newest, as everywhere in this product.
 */
export function isAtLeast(
  version: string | undefined,
  major: number,
  minor: number,
): boolean {
  const match = /^(\d+)\.(\d+)/.exec(version ?? '');
  if (!match) {
    return true;
  }
  const [actualMajor, actualMinor] = [Number(match[1]), Number(match[2])];
  return actualMajor > major || (actualMajor === major && actualMinor >= minor);
}

/**
 * Whether labels contain every pair of a selector (Istio: SubsetOf). An empty
 * selector matches everything.
 */
export function selectorMatches(
  matchLabels: Record<string, string> | null | undefined,
  labels: Record<string, string> | null | undefined,
): boolean {
  if (!matchLabels) return true;
  return containsAll(labels ?? {}, Object.entries(matchLabels));
}

/** `selectorMatches` for label pairs that are already taken apart. */
export function containsAll(
  labels: Readonly<Record<string, string>>,
  pairs: ReadonlyArray<readonly [key: string, value: string]>,
): boolean {
  // This loops by index for speed, since it runs for every workload with every
  // Telemetry of its namespace.
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i];
    if (pair && labels[pair[0]] !== pair[1]) return false;
  }
  return true;
}
